"""Werkcontact keeps, by construction, what its privacy reglement promises about clients."""

from werkcontact.celery import app as celery_app

__all__ = ["celery_app"]
