"""Walls that Django cannot build: pieces of SQL for migrations."""

from __future__ import annotations


def set_null_in_database(table: str, column: str) -> str:
    """Return SQL that makes a foreign key ON DELETE SET NULL in the database itself.

    So what survives a closure needs no app to tell it, and no delete below Django leaves a dangling id.
    """
    return f"""
do $$
declare fk record;
begin
  select con.conname, pg_get_constraintdef(con.oid) as def into strict fk from pg_constraint con
    join pg_attribute att on att.attrelid = con.conrelid and att.attnum = con.conkey[1]
   where con.contype = 'f' and con.conrelid = '{table}'::regclass and att.attname = '{column}';
  execute format('alter table {table} drop constraint %I', fk.conname);
  execute format('alter table {table} add constraint %I %s', fk.conname,
    replace(fk.def, ' DEFERRABLE', ' ON DELETE SET NULL DEFERRABLE'));
end $$;
"""  # noqa: S608 - names of ours, in a migration
