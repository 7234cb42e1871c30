"""The enterprise's own pages, and the desk that verifies who may act for it."""

from django.urls import path

from enterprises.views import (
    body,
    colleagues,
    entries,
    importing,
    link_desk,
    linking,
    listings,
    papers,
    registration,
    sheet,
    takeover,
)

app_name = "enterprises"
urlpatterns = [
    path("join/", registration.register, name="register"),
    path("my/link/", linking.link, name="link"),
    path("my/link/<str:public_id>/platform/", linking.link_platform, name="link_platform"),
    path("my/link/<str:public_id>/letter/", linking.link_letter, name="link_letter"),
    path("my/facts/", sheet.facts, name="facts"),
    path("my/facts/profile/", sheet.profile, name="profile"),
    path("my/facts/figures/", sheet.figures, name="figures"),
    path("my/facts/import/", importing.import_figures, name="import"),
    path("my/facts/import/template.xlsx", importing.import_template, name="import_template"),
    path("my/facts/lists/<str:code>/add/", listings.item_add, name="item_add"),
    path("my/facts/lists/<str:code>/none/", listings.items_none, name="items_none"),
    path("my/facts/lists/<str:code>/<str:public_id>/", listings.item, name="item"),
    path("my/facts/lists/<str:code>/<str:public_id>/remove/", listings.item_remove, name="item_remove"),
    path("my/facts/papers/", papers.papers, name="papers"),
    path("my/facts/<str:code>/", sheet.facts_section, name="facts_section"),
    path("my/colleagues/", colleagues.colleagues, name="colleagues"),
    path("my/colleagues/takeover/", takeover.takeover, name="takeover"),
    path("my/colleagues/<str:public_id>/", colleagues.colleague, name="colleague"),
    path("my/colleagues/<str:public_id>/parts/", takeover.parts, name="parts"),
    path("my/viewers/", takeover.viewers, name="viewers"),
    path("papers/<str:public_id>/", papers.evidence, name="evidence"),
    path("papers/<str:public_id>/<int:page>.png", papers.evidence_page, name="evidence_page"),
    path("desk/links/", link_desk.links, name="links"),
    path("desk/links/<str:public_id>/", link_desk.link_request, name="link_request"),
    path("desk/enterprises/", body.firms, name="firms"),
    path("department/figures/", entries.department_figures, name="department_figures"),
    path("desk/enterprises/<str:public_id>/figures/", entries.figures_of_offices, name="figures_of_offices"),
    path("desk/enterprises/<str:public_id>/body/", body.body, name="body"),
    path("desk/enterprises/<str:public_id>/", sheet.enterprise, name="enterprise"),
    path("desk/enterprises/<str:public_id>/people/", sheet.enterprise_people, name="enterprise_people"),
]
