"""Prefect: when things are looked at. No rule lives here."""
