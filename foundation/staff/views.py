"""Doors of an office's administrator."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from foundation.accounts.doors import for_role, public_page
from foundation.accounts.models import Office
from foundation.refusals import Missing, Refused
from foundation.staff import posts as staff
from foundation.staff.forms import PersonForm, PostForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("admin")
def people(request: HttpRequest) -> HttpResponse:
    """Everybody at a desk of this office; the form below adds one more and shows the first sign-in link once."""
    principal = request.principal  # type: ignore[attr-defined]
    mine = staff.offices(principal)
    form = PersonForm(
        request.POST or None, offices=mine, initial={"office": mine.filter(body_id=principal.office_path).first()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            user = staff.add(**form.cleaned_data, actor=principal)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            link = request.build_absolute_uri(staff.first_sign_in(user))
            context = {"person": user, "link": link, "office": form.cleaned_data["office"]}
            return render(request, "accounts/person_added.html", context)
    rows = [(user, list(posts)) for user, posts in groupby(staff.open_posts(principal), key=lambda post: post.user)]
    return render(request, "accounts/people.html", {"rows": rows, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("admin")
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """One person: other roles, another office, or the end."""
    principal = request.principal  # type: ignore[attr-defined]
    user = staff.person_of(principal, public_id)
    posts = list(staff.open_posts(principal).filter(user=user))
    here: Office = posts[0].office
    initial = {"office": here.public_id, "roles": [post.role for post in posts]}
    form = PostForm(request.POST or None, offices=staff.offices(principal), initial=initial)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        try:
            if given["office"] == here:
                staff.change_roles(user, here, given["roles"], actor=principal)
            else:
                staff.transfer(user, here, given["office"], given["roles"], actor=principal)
        except Refused as refusal:
            if refusal.code == "not_found":
                raise
            form.refuse(refusal)
        else:
            messages.success(request, f"{user}的岗位已更新，下一次点击即生效。")
            return redirect("accounts:people")
    context = {"person": user, "posts": posts, "form": form, "office": here}
    return render(request, "accounts/person.html", context, status=422 if form.errors else 200)


@require_POST
@for_role("admin")
def retire(request: HttpRequest, public_id: str) -> HttpResponse:
    principal = request.principal  # type: ignore[attr-defined]
    user = staff.person_of(principal, public_id)
    staff.retire(user, actor=principal)
    messages.success(request, f"{user}的岗位已结束，已从所有设备退出。")
    return redirect("accounts:people")


@require_POST
@for_role("admin")
def sign_in_link(request: HttpRequest, public_id: str) -> HttpResponse:
    """A fresh one-time link for somebody who lost theirs and has no e-mail."""
    principal = request.principal  # type: ignore[attr-defined]
    user = staff.person_of(principal, public_id)
    link = request.build_absolute_uri(staff.give_link(user, actor=principal))
    return render(request, "accounts/person_added.html", {"person": user, "link": link, "office": None})


@public_page
def closed(request: HttpRequest) -> HttpResponse:
    """The library's page for e-mail addresses: nobody here proves an address, so nobody takes one by saying so."""
    raise Missing
