"""People for staff. Changes go through the door, so that other contexts hear of them."""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from contexts.identity import api, queries
from contexts.identity.models import (
    AddressChange,
    Agreement,
    Announcement,
    Block,
    Consent,
    DataExport,
    Erasure,
    Follow,
    Session,
    SpokenLanguage,
    StaffEnrollment,
    User,
)
from contexts.shared.database.admin import ReadOnlyAdmin, ReadOnlyInline, ReasonForm
from contexts.shared.kernel import DomainError, now

# Roles and second factors change through the door; django-allauth's addresses are not used.
for _model in (Group, Authenticator, EmailAddress):
    admin.site.unregister(_model)

_PROFILE = ("display_name", "country", "time_zone", "interface_language")


class UserForm(forms.ModelForm):
    roles = forms.MultipleChoiceField(
        choices=[(role, role) for role in api.ROLES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = User
        fields = list(_PROFILE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["roles"] = list(self.instance.groups.values_list("name", flat=True))

    def clean_display_name(self) -> str:
        return self._checked("display_name", api.sound_name)

    def clean_country(self) -> str:
        return self._checked("country", api.known_country)

    def _checked(self, field: str, check: Callable[[str], str]) -> str:
        value: str = self.cleaned_data[field]
        try:
            return check(value) if field in self.changed_data else value
        except DomainError as error:
            raise forms.ValidationError(str(error)) from None

    def clean_time_zone(self) -> str:
        zone: str = self.cleaned_data["time_zone"]
        if not api.is_time_zone(zone):
            raise forms.ValidationError("Not an IANA time zone.")
        return zone


class LanguageInline(ReadOnlyInline):
    model = SpokenLanguage
    fields = ["language", "relation", "level"]


class SessionInline(ReadOnlyInline):
    model = Session
    fields = ["created_at", "refreshed_at", "ended_at", "ended_because", "user_agent"]


class AgreementInline(ReadOnlyInline):
    model = Agreement
    fields = ["kind", "version", "at", "face", "language"]


class ConsentInline(ReadOnlyInline):
    model = Consent
    fields = ["purpose", "granted", "version", "at", "face"]


@admin.register(User)
class UserAdmin(ModelAdmin):
    form = UserForm
    list_display = ["email", "display_name", "country", "verified_at", "is_active", "is_staff"]
    list_filter = ["is_active", "is_staff", "groups"]
    search_fields = ["=id", "email_key__startswith", "display_name__startswith"]
    ordering = ["-created_at"]
    show_full_result_count = False
    action_form = ReasonForm
    readonly_fields = [
        "id",
        "email",
        "verified_at",
        "created_at",
        "is_active",
        "suspended_at",
        "suspended_because",
        "second_factor",
    ]
    fields = [*readonly_fields, *_PROFILE, "roles"]
    inlines = [LanguageInline, SessionInline, AgreementInline, ConsentInline]
    actions = [
        "end_accounts",
        "restore_accounts",
        "send_enrollment_links",
        "reset_second_factors",
    ]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        changes = {name: form.cleaned_data[name] for name in _PROFILE if name in form.changed_data}
        api.change_profile(user_id=obj.pk, changes=changes, now=now())
        by: Any = request.user.pk
        wanted, held = set(form.cleaned_data["roles"]), set(form.initial["roles"])
        for role in wanted - held:
            api.grant_role(user_id=obj.pk, role=role, now=now(), by=by)
        for role in held - wanted:
            api.revoke_role(user_id=obj.pk, role=role, now=now(), by=by)

    @admin.action(description="End the accounts", permissions=["change"])
    def end_accounts(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        for user_id in chosen.values_list("pk", flat=True):
            api.end_account(user_id=user_id, now=now())
        self.message_user(request, "The accounts have ended.")

    @admin.action(description="Lift the suspensions", permissions=["change"])
    def restore_accounts(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        for user_id in chosen.values_list("pk", flat=True):
            api.restore_account(user_id=user_id, now=now())
        self.message_user(request, "The suspensions are lifted.")

    @admin.display(description="Second factor")
    def second_factor(self, user: User) -> str:
        factor = queries.second_factor(user.pk)
        if factor is None:
            return "None"
        return f"Since {factor.enrolled_at:%Y-%m-%d}, {factor.recovery_codes_left} recovery codes"

    @admin.action(description="Send an enrollment link", permissions=["change"])
    def send_enrollment_links(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        by: Any = request.user.pk
        self._each(
            request,
            chosen,
            lambda user: api.send_enrollment_link(user_id=user.pk, by=by, now=now()),
            done="A link for a new password and second factor is on its way to {email}.",
        )

    @admin.action(description="Reset the second factor", permissions=["change"])
    def reset_second_factors(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        by: Any = request.user.pk
        if chosen.filter(pk=by).exists():
            # It would lock the last admin out.
            self.message_user(request, "Another admin must reset yours.", messages.ERROR)
            return
        self._each(
            request,
            chosen,
            lambda user: api.reset_second_factor(user_id=user.pk, by=by, now=now()),
            done="The second factor of {email} is removed. Send an enrollment link.",
        )

    def _each(
        self,
        request: HttpRequest,
        chosen: QuerySet[User],
        act: Callable[[User], None],
        *,
        done: str,
    ) -> None:
        for user in chosen:
            try:
                act(user)
            except DomainError as refused:
                self.message_user(request, f"{user.email}: {refused}", messages.ERROR)
            else:
                self.message_user(request, done.format(email=user.email))


@admin.register(Session)
class SessionAdmin(ReadOnlyAdmin):
    fields = [
        "id",
        "user",
        "kind",
        "created_at",
        "refreshed_at",
        "expires_at",
        "ended_at",
        "ended_because",
        "proven_at",
        "user_agent",
    ]
    list_display = ["id", "user_id", "created_at", "refreshed_at", "ended_at", "ended_because"]
    search_fields = ["=id", "=user__id"]
    ordering = ["-created_at"]


@admin.register(AddressChange)
class AddressChangeAdmin(ReadOnlyAdmin):
    list_display = ["user_id", "old_email", "new_email", "requested_at", "confirmed_at"]
    search_fields = ["=user__id", "old_email", "new_email"]
    ordering = ["-requested_at"]


@admin.register(StaffEnrollment)
class StaffEnrollmentAdmin(ReadOnlyAdmin):
    list_display = ["user_id", "requested_by", "requested_at", "expires_at", "used_at"]
    search_fields = ["=user__id", "=requested_by"]
    ordering = ["-requested_at"]


@admin.register(DataExport)
class DataExportAdmin(ReadOnlyAdmin):
    # Nobody but the person reads the archive.
    fields = ["id", "user", "requested_at", "ready_at", "expires_at"]
    list_display = ["user_id", "requested_at", "ready_at", "expires_at"]
    search_fields = ["=user__id"]
    ordering = ["-requested_at"]


@admin.register(Agreement)
class AgreementAdmin(ReadOnlyAdmin):
    list_display = ["user_id", "kind", "version", "at", "face", "language", "keep_until"]
    list_filter = ["face"]
    search_fields = ["=user__id", "=version"]
    ordering = ["-pk"]


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    list_display = ["user_id", "purpose", "granted", "version", "at", "face", "keep_until"]
    list_filter = ["purpose", "granted", "face"]
    search_fields = ["=user__id"]
    ordering = ["-pk"]


@admin.register(Announcement)
class AnnouncementAdmin(ReadOnlyAdmin):
    list_display = ["kind", "version", "started_at", "mailed", "finished_at"]
    ordering = ["-started_at"]


@admin.register(SpokenLanguage)
class SpokenLanguageAdmin(ReadOnlyAdmin):
    list_display = ["user_id", "language", "relation", "level"]
    list_filter = ["relation", "level"]
    search_fields = ["=user__id", "=language"]


@admin.register(Follow)
class FollowAdmin(ReadOnlyAdmin):
    list_display = ["follower_id", "followed_id", "created_at"]
    search_fields = ["=follower__id", "=followed__id"]


@admin.register(Block)
class BlockAdmin(ReadOnlyAdmin):
    list_display = ["blocker_id", "blocked_id", "created_at"]
    search_fields = ["=blocker__id", "=blocked__id"]


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    list_display = ["user_id", "requested_at", "due_at", "started_at", "completed_at"]
    search_fields = ["=user__id"]
    ordering = ["-requested_at"]
