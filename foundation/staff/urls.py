"""Addresses of an office's people. Signing in and passwords are allauth's."""

from django.urls import path

from foundation.staff import views

app_name = "accounts"
urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/<str:public_id>/", views.person, name="person"),
    path("people/<str:public_id>/retire/", views.retire, name="retire"),
    path("people/<str:public_id>/link/", views.sign_in_link, name="sign_in_link"),
]
