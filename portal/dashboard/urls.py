"""What each role sees first."""

from django.urls import path

from portal.dashboard import letters, outcomes, service_desk, targets, views

app_name = "home"
urlpatterns = [
    path("start/", views.start, name="start"),
    path("my/", views.enterprise, name="enterprise"),
    path("my/bring-in/", views.bring_in, name="bring_in"),
    path("desk/", views.desk, name="desk"),
    path("desk/overview/", views.overview, name="overview"),
    path("desk/overview/outcomes/", outcomes.outcomes, name="outcomes"),
    path("desk/overview/outcomes/list.xlsx", outcomes.export, name="outcomes_export"),
    path("desk/targets/", targets.targets, name="targets"),
    path("desk/targets/<str:public_id>/", targets.target, name="target"),
    path("messages/", letters.messages, name="messages"),
    path("messages/read/", letters.read, name="messages_read"),
    path("messages/settings/", letters.mail_settings, name="mail_settings"),
    path("messages/<str:public_id>/", letters.letter, name="letter"),
    path("messages/<str:public_id>/date.ics", letters.letter_calendar, name="letter_calendar"),
    path("desk/services/", service_desk.services, name="services"),
    path("desk/services/<str:public_id>/", service_desk.service, name="service"),
]
