"""Client credentials only: no consent pages, no password grant, nothing a browser would use."""

from django.urls import path
from oauth2_provider.views import RevokeTokenView, TokenView

urlpatterns = [
    path("token", TokenView.as_view(), name="oauth_token"),
    path("revoke", RevokeTokenView.as_view(), name="oauth_revoke"),
]
