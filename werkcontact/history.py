"""History of what people edit: simple-history's tables and reading side, written by one generic trigger.

The trigger is statement-level, so update(), bulk_create and COPY are recorded too; it refuses a change without a
named actor (`app.actor`, set by the act), and ends a row's history with the row.
"""

from __future__ import annotations

from typing import Any

from django.db import models, router
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from simple_history.models import HistoricalRecords

CREATE_CAPTURE = """
create or replace function history_capture() returns trigger language plpgsql
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  hist regclass := tg_argv[0]; kind text := tg_argv[1]; cols text;
  actor text := nullif(current_setting('app.actor', true), '');
begin
  if tg_op = 'DELETE' then
    -- history ends with its row: no '-' copy may outlive it
    execute format('delete from %1$s h using old_rows o where h.%2$I = o.%2$I', hist, tg_argv[2]);
    return null;
  end if;
  if not exists (select from new_rows) then
    return null; -- a statement that touched no row is no change, whoever made it
  end if;
  if actor is null then
    raise exception 'no actor' using errcode = 'WC001', hint = 'acts set app.actor with set_config(..., true)';
  end if;
  select string_agg(quote_ident(attname), ',' order by attnum) into cols from pg_attribute
   where attrelid = hist and attnum > 0 and not attisdropped
     and attname not in ('history_id', 'history_date', 'history_change_reason', 'history_type', 'history_user_id');
  execute format('insert into %s (%s, history_date, history_change_reason, history_type, history_user_id)
     select %s, $1, $2, $3, $4::uuid from new_rows', hist, cols, cols)
   using clock_timestamp(), nullif(current_setting('app.reason', true), ''), kind, actor;
  return null;
end $$;
"""
DROP_CAPTURE = "drop function if exists history_capture()"

_IF_ROLE = "do $$ begin if exists (select from pg_roles where rolname = 'wc_app')"
_EVENTS = (("ins", "insert", "new", "+"), ("upd", "update", "new", "~"), ("del", "delete", "old", "-"))


def tracked(*excluded: str) -> Any:
    """Return the history of a model; its migration names `TrackHistory` as well.

    `excluded` are fields that history does not carry: what survives a closure must not keep whose it was.
    """
    return HistoricalRecords(
        history_id_field=models.BigAutoField(primary_key=True),
        history_change_reason_field=models.TextField(null=True),
        excluded_fields=list(excluded),
    )


class TrackHistory(Operation):
    """Put the three history triggers on a model's table, and let the application only read its history."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, model: str) -> None:
        self.model = model

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__qualname__, [], {"model": self.model})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers are no part of the model state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, _from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if not router.allow_migrate(schema_editor.connection.alias, app_label):
            return
        table, hist, pk = self._names(app_label, to_state)
        for name, event, which, kind in _EVENTS:
            schema_editor.execute(
                f'create trigger history_{name} after {event} on "{table}" referencing {which} table as {which}_rows '
                f"for each statement execute function history_capture('{hist}', '{kind}', '{pk}')"
            )
        only_read = f'revoke all on "{hist}" from wc_app; grant select on "{hist}" to wc_app'
        schema_editor.execute(f"{_IF_ROLE} then {only_read}; end if; end $$")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, _to_state: ProjectState
    ) -> None:
        if not router.allow_migrate(schema_editor.connection.alias, app_label):
            return
        table = self._names(app_label, from_state)[0]
        for name, *_rest in _EVENTS:
            schema_editor.execute(f'drop trigger if exists history_{name} on "{table}"')

    def _names(self, app_label: str, state: ProjectState) -> tuple[str, str, str]:
        model = state.apps.get_model(app_label, self.model)
        history = state.apps.get_model(app_label, f"Historical{model.__name__}")
        pk = model._meta.pk.column
        return model._meta.db_table, history._meta.db_table, pk

    def describe(self) -> str:
        return f"Track the history of {self.model} by trigger"
