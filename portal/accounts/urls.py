"""Addresses of signing in, units, posts and people."""

from __future__ import annotations

from django.urls import path

from portal.accounts.views import delegation, password, people, posts, sign_in, units

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("password/", password.change_password, name="change-password"),
    path("units/", units.unit_list, name="units"),
    path("units/new/", units.register, name="register-unit"),
    path("units/<int:pk>/edit/", units.edit, name="edit-unit"),
    path("units/<int:pk>/rename/", units.rename, name="rename-unit"),
    path("units/<int:pk>/move/", units.move, name="move-unit"),
    path("units/<int:pk>/posts/new/", posts.give, name="give-post"),
    path("posts/<int:pk>/hand-over/", posts.hand_over, name="hand-over-post"),
    path("posts/<int:pk>/end/", posts.end, name="end-post"),
    path("posts/own/", delegation.own_posts, name="own-posts"),
    path("posts/own/acting/", delegation.lend, name="acting-lend"),
    path("units/<int:pk>/deputy/", delegation.deputy, name="deputy"),
    path("posts/<int:pk>/deputy-end/", delegation.deputy_end, name="deputy-end"),
    path("acting/<int:pk>/end/", delegation.acting_end, name="acting-end"),
    path("people/<int:pk>/acting/", delegation.arrange, name="acting-arrange"),
    path("people/", people.people_list, name="people"),
    path("people/new/", people.open_new, name="open-account"),
    path("people/<int:pk>/", people.one, name="person"),
    path("people/<int:pk>/edit/", people.edit, name="edit-account"),
    path("people/<int:pk>/password/", people.reset, name="reset-password"),
    path("people/<int:pk>/unlock/", people.unlock, name="unlock-account"),
]
