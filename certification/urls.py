"""Noun, number, act."""

from django.urls import path

from certification.views import applicant, calls, desk, letter, objection, posting, rereview, titles
from certification.wizard import papers
from certification.wizard import views as wizard

app_name = "certification"
urlpatterns = [
    path("my/applications/", applicant.my_applications, name="my_applications"),
    path("calls/<str:public_id>/start/", applicant.start, name="start"),
    path("my/applications/<str:public_id>/", applicant.application, name="application"),
    path("my/applications/<str:public_id>/withdraw/", applicant.withdraw, name="withdraw"),
    path("my/applications/<str:public_id>/form.pdf", applicant.form_pdf, name="form_pdf"),
    path("my/applications/<str:public_id>/submit/", wizard.submit, name="submit"),
    path("my/applications/<str:public_id>/paper/", papers.paper, name="paper"),
    path("my/applications/<str:public_id>/<slug:step>/", wizard.step, name="step"),
    path("my/certificates/", applicant.my_certificates, name="my_certificates"),
    path("titles/<str:number>/certificate.pdf", applicant.certificate_pdf, name="certificate_pdf"),
    path("desk/cases/", desk.worklist, name="worklist"),
    path("desk/cases/<str:public_id>/", desk.case, name="case"),
    path("desk/cases/<str:public_id>/judge/", desk.judge, name="judge"),
    path("desk/cases/<str:public_id>/recommend/", desk.recommend, name="recommend"),
    path("desk/cases/<str:public_id>/return/", desk.return_for_correction, name="return"),
    path("desk/cases/<str:public_id>/refuse/", desk.refuse, name="refuse"),
    path("desk/cases/<str:public_id>/national/", desk.national, name="national"),
    path("desk/calls/", calls.calls, name="calls"),
    path("desk/calls/new/", calls.new, name="call_new"),
    path("desk/calls/<str:public_id>/", calls.edit, name="call_edit"),
    path("desk/calls/<str:public_id>/publish/", calls.publish, name="call_publish"),
    path("desk/postings/", posting.postings, name="postings"),
    path("desk/postings/post/", posting.post, name="post"),
    path("desk/postings/announce/", posting.announce, name="announce"),
    path("desk/postings/recommend/", posting.recommend, name="recommend_to_ministry"),
    path("desk/postings/summary.xlsx", posting.summary, name="summary"),
    path("desk/postings/objections/", objection.list_objections, name="objections"),
    path("desk/postings/objections/papers/<str:public_id>/", objection.objection_paper, name="objection_paper"),
    path("desk/postings/objections/<str:public_id>/", objection.objection, name="objection"),
    path("desk/postings/objections/<str:public_id>/take-up/", objection.take_up, name="objection_take_up"),
    path("desk/postings/objections/<str:public_id>/answer/", objection.answer, name="objection_answer"),
    path("desk/postings/objections/<str:public_id>/unmask/", objection.unmask, name="objection_unmask"),
    path("desk/postings/letters/", letter.list_letters, name="letters"),
    path("desk/postings/letters/serve/", letter.serve, name="letters_serve"),
    path("desk/postings/letters/draft/<str:public_id>/", letter.draft, name="letter_draft"),
    path("desk/postings/letters/<str:public_id>/", letter.letter, name="letter"),
    path("desk/postings/letters/<str:public_id>/sign/", letter.sign, name="letter_sign"),
    path("desk/postings/letters/<str:public_id>/take-back/", letter.take_back, name="letter_take_back"),
    path("desk/postings/letters/<str:public_id>/letter.pdf", letter.letter_pdf, name="letter_pdf"),
    path("my/letters/<str:public_id>/", letter.my_letter, name="my_letter"),
    path("desk/titles/", titles.titles, name="titles"),
    path("desk/titles/import/", titles.bring_in, name="titles_import"),
    path("desk/titles/template.xlsx", titles.template, name="titles_template"),
    path("desk/rereviews/", rereview.rereviews, name="rereviews"),
    path("desk/rules/", calls.rule_sets, name="rule_sets"),
    path("desk/rules/<str:public_id>/publish/", calls.publish_rule, name="rule_publish"),
    path("desk/rules/<str:public_id>/confirm/", calls.confirm_mark, name="rule_confirm"),
]
