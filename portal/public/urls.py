"""Pages without an account."""

from django.urls import path

from portal.public import case_figures, objecting, status, views, well_known

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path(".well-known/api-catalog", well_known.api_catalog, name="api_catalog"),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
    path("status/", status.status, name="status"),
    path("case-figures/", case_figures.case_figures_page, name="case_figures"),
    path("case-figures/numbers.xlsx", case_figures.export, name="case_figures_export"),
    path("help/", views.help_page, name="help"),
    path("self-check/", views.self_check, name="self_check"),
    path("register/", views.register, name="register"),
    path("titles/<str:number>/", views.verify, name="verify"),
    path("titles/<str:number>/qr.svg", views.qr, name="qr"),
    path("postings/", views.postings, name="postings"),
    path("postings/<str:public_id>/", views.posting, name="posting"),
    path("standards/", views.standards, name="standards"),
    path("standards/<str:code>/", views.standard, name="standard"),
    path("calls/<str:public_id>/", views.call, name="call"),
    path("postings/<str:public_id>/objection/", objecting.objection, name="objection"),
    path("postings/files/<str:digest>/list.pdf", objecting.posting_file, name="posting_file"),
    path("objections/", objecting.objection_track, name="objection_track"),
]
