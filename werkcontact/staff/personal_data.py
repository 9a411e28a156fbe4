"""What is kept about the people who work here, and the tables of other packages that hold some of it."""

from __future__ import annotations

from werkcontact.personal_data import nobody, of

DECLARATIONS = {
    "staff.staff": of(
        "",
        ends="staff",
        name="display_name",
        contact="email firm",
        hidden="password",
        plain="is_active is_system is_superuser theme shortcuts_off created_at",
    ),
    "staff.appointment": of("staff", ends="staff", text="reason", plain="role from_on until_on"),
    "staff.declaration": of("staff", ends="staff", plain="signed_on signed_at"),
    "staff.team": nobody(plain="name"),
    "staff.teammember": of("staff", ends="staff"),
    "staff.staff_groups": nobody(),
    "staff.staff_user_permissions": nobody(),
    # other packages' tables
    "account.emailaddress": of("user", ends="staff", contact="email", plain="verified primary"),
    "account.emailconfirmation": of("email_address__user", ends="staff", plain="created sent", hidden="key"),
    "mfa.authenticator": of("user", ends="staff", plain="type created_at last_used_at", hidden="data"),
    "admin.logentry": of(
        "user", ends="destruction", ref="object_id", text="object_repr change_message", plain="action_time action_flag"
    ),
    "sessions.session": nobody(plain="expire_date session_data"),
    "auth.group": nobody(plain="name"),
    "auth.group_permissions": nobody(),
    "auth.permission": nobody(plain="name codename"),
    "contenttypes.contenttype": nobody(plain="app_label model"),
    "guardian.userobjectpermission": nobody(ref="object_pk"),  # stays empty: a guard test and a trigger say so
    "guardian.groupobjectpermission": nobody(ref="object_pk"),
}
