"""The table of URL tables."""

from django.urls import include, path

handler500 = "portal.overload.broken"
urlpatterns = [
    path("", include("portal.public.urls")),
    path("", include("portal.dashboard.urls")),
    path("oversight/", include("portal.oversight.urls")),
    path("accounts/", include("foundation.staff.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("enterprises.urls")),
    path("", include("certification.urls")),
    path("", include("incentives.urls")),
    path("oauth/", include("portal.api.oauth_urls")),
    path("api/v1/", include("portal.api.urls")),
]
