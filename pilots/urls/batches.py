"""Addresses of 五个一批: the overview, tasks and outputs."""

from __future__ import annotations

from django.urls import path

from pilots.views import batch, output, task

urlpatterns = [
    path("batches/", batch.overview, name="batches"),
    path("tasks/", task.tasks, name="tasks"),
    path("tasks/export/", task.export, name="tasks-export"),
    path("tasks/new/", task.new, name="task-new"),
    path("tasks/<int:pk>/", task.task, name="task"),
    path("tasks/<int:pk>/edit/", task.edit, name="task-edit"),
    path("tasks/<int:pk>/<slug:name>/", task.act, name="task-act"),
    path("milestones/<int:pk>/done/", task.done, name="milestone-done"),
    path("milestones/<int:pk>/undo/", task.undo, name="milestone-undo"),
    path("outputs/", output.outputs, name="outputs"),
    path("outputs/export/", output.export, name="outputs-export"),
    path("outputs/new/", output.choose, name="output-choose"),
    path("outputs/new/<slug:kind>/", output.new, name="output-new"),
    path("outputs/<int:pk>/", output.output, name="output"),
    path("outputs/<int:pk>/edit/", output.edit, name="output-edit"),
    path("outputs/<int:pk>/<slug:name>/", output.act, name="output-act"),
    path("archive/outputs/", output.public, name="public-outputs"),
]
