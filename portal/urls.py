"""The table of URL tables."""

from allauth.account import urls as account_urls
from django.urls import include, path

from foundation.staff.views import closed

handler400 = "portal.overload.not_understood"
handler500 = "portal.overload.broken"
urlpatterns = [
    path("", include("portal.public.urls")),
    path("", include("portal.dashboard.urls")),
    path("oversight/", include("portal.oversight.urls")),
    path("accounts/email/", closed, name="account_email"),
    path("accounts/", include("foundation.staff.urls")),
    path("accounts/", include([one for one in account_urls.urlpatterns if one.name != "account_email"])),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("", include("enterprises.urls")),
    path("", include("certification.urls")),
    path("", include("incentives.urls")),
    path("oauth/", include("portal.api.oauth_urls")),
    path("api/v1/", include("portal.api.urls")),
]
