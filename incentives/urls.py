"""Addresses of the measures."""

from django.urls import path

from incentives import views

app_name = "incentives"
urlpatterns = [
    path("measures/", views.measures, name="measures"),
    path("my/entitlements/", views.my_entitlements, name="my_entitlements"),
    path("desk/measures/", views.progress, name="progress"),
    path("desk/measures/<str:code>/", views.channel, name="channel"),
]
