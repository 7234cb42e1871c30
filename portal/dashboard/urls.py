"""What each role sees first."""

from django.urls import path

from portal.dashboard import views

app_name = "home"
urlpatterns = [
    path("start/", views.start, name="start"),
    path("my/", views.enterprise, name="enterprise"),
    path("my/bring-in/", views.bring_in, name="bring_in"),
    path("desk/", views.desk, name="desk"),
    path("desk/overview/", views.overview, name="overview"),
    path("messages/", views.messages, name="messages"),
]
