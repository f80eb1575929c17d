"""What the background worker does; each task calls an action and nothing else."""

from __future__ import annotations

from django_tasks import task

from governance.actions import renderings


@task()
def make_pdf(rendering_pk: int) -> None:
    renderings.make_pdf(rendering_pk)
