"""One way from exceptions to answers, the same for every resource."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, RequestDataTooBig, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from portal.refusals import Refused


def errors(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Refused → 409 with its sentence; what a model or a service found wrong → 400 with sentences per field;
    a body that is too large → 413.

    Everything else is answered as the framework does (401, 403, 404, 405, 400), or None: an error of ours.
    """
    if isinstance(exception, Refused):
        set_rollback()
        return Response({"detail": str(exception)}, status=409)
    if isinstance(exception, RequestDataTooBig):
        return Response({"detail": "内容过大，没有提交。"}, status=413)
    if isinstance(exception, ValidationError):
        set_rollback()
        return Response(fields_of(exception), status=400)
    return exception_handler(exception, context)


def fields_of(error: ValidationError) -> dict[str, list[str]]:
    """Sentences by field; what belongs to no field stands under ``detail``."""
    if not hasattr(error, "error_dict"):
        return {"detail": list(error.messages)}
    return {"detail" if field == NON_FIELD_ERRORS else field: said for field, said in error.message_dict.items()}
