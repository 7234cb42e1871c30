"""Register a person and an enterprise."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from enterprises.forms import RegisterForm
from enterprises.register import register as register_verb
from foundation.accounts.doors import public_page
from foundation.refusals import Refused


@public_page
def register(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("/")
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            membership = register_verb(
                username=given["username"],
                password=given["password"],
                person=given["person"],
                email=given["email"],
                phone=given["phone"],
                code=given["code"],
                name=given["name"],
                region_path=given["region_path"],
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            login(request, membership.user, backend="allauth.account.auth_backends.AuthenticationBackend")
            messages.success(request, "账号已建好。下一步：核实您可以代表这家企业。")
            return redirect("enterprises:link")
    status = 422 if form.is_bound else 200
    return render(request, "enterprises/register.html", {"form": form, "problems": form.problems}, status=status)
