"""Addresses of the REST interface, version 1."""

from django.urls import path, re_path

from portal.api import about, applications, changes, enterprises, figures, incidents, rulesets

app_name = "api"
urlpatterns = [
    path("enterprises/", enterprises.Enterprises.as_view(), name="enterprises"),
    path("enterprises/<str:code>", enterprises.OneEnterprise.as_view(), name="enterprise"),
    path("enterprises/<str:code>/incidents", incidents.Incidents.as_view(), name="incidents"),
    path("enterprises/<str:code>/figures", figures.Figures.as_view(), name="figures"),
    path("titles/", enterprises.Titles.as_view(), name="titles"),
    path("rulesets/", rulesets.RuleSets.as_view(), name="rulesets"),
    path("rulesets/resolve", rulesets.Resolve.as_view(), name="resolve"),
    path("rulesets/<str:code>/evaluate", rulesets.Evaluate.as_view(), name="evaluate"),
    path("applications/", applications.Applications.as_view(), name="applications"),
    path("applications/<str:public_id>", applications.OneApplication.as_view(), name="application"),
    path("applications/<str:public_id>/opinions", applications.Opinions.as_view(), name="opinions"),
    path("changes", changes.Changes.as_view(), name="changes"),
    path("me", about.Me.as_view(), name="me"),
    path("openapi.json", about.Schema.as_view(), name="schema"),
    path("problems/<str:code>", about.Problems.as_view(), name="problem"),
    re_path(r"^.*$", about.Elsewhere.as_view(), name="elsewhere"),
]
