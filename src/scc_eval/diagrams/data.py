"""A picture and its drawing as JSON."""

from __future__ import annotations

import json
from typing import Any

from scc_eval.diagrams.drawing import Drawing, Panel, Route
from scc_eval.diagrams.view import Arrow, Box, Factor, Factors, Frame, Picture

VERSION = 1


def as_json(picture: Picture, drawing: Drawing) -> str:
    """Frames, boxes, other factors and arrows, each with its state and its place in px."""
    panels = {panel.key: panel for panel in drawing.panels}
    routes = {route.key: route for route in drawing.routes}
    told = {
        "version": VERSION,
        "title": picture.title,
        "language": picture.language,
        "packet": picture.packet or None,
        "width": drawing.width,
        "height": drawing.height,
        "frames": [_frame(frame, panels) for frame in picture.frames],
        "factors": [_factors(group, panels) for group in picture.factors],
        "arrows": [_arrow(arrow, routes) for arrow in picture.arrows],
        "notes": list(picture.notes),
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _frame(frame: Frame, panels: dict[str, Panel]) -> dict[str, Any]:
    return {
        "key": frame.key,
        "letter": frame.name,
        "title": frame.title,
        "role": frame.role,
        "to_be_proven": frame.is_proven,
        **_standing(frame),
        "place": _place(panels[frame.key]),
        "boxes": [_box(box, panels) for box in frame.boxes],
        "folded": frame.folded,
    }


def _box(box: Box, panels: dict[str, Panel]) -> dict[str, Any]:
    return {
        "key": box.key,
        "id": box.name,
        "label": box.label,
        **_standing(box),
        "place": _place(panels[box.key]),
        "boxes": [_box(each, panels) for each in box.boxes],
    }


def _factors(group: Factors, panels: dict[str, Panel]) -> dict[str, Any]:
    return {
        "key": group.key,
        "frame": group.frame,
        **_standing(group),
        "place": _place(panels[group.key]),
        "factors": [_factor(factor, panels) for factor in group.factors],
    }


def _factor(factor: Factor, panels: dict[str, Panel]) -> dict[str, Any]:
    panel = panels.get(factor.key)
    return {
        "key": factor.key,
        "id": factor.name,
        "title": factor.title,
        "text": factor.text,
        "targets": list(factor.targets),
        "hindering": factor.is_hindering,
        "emergent": factor.is_emergent,
        "excluded": factor.is_excluded,
        "roles": list(factor.roles),
        **_standing(factor),
        "place": _place(panel) if panel is not None else None,
    }


def _arrow(arrow: Arrow, routes: dict[str, Route]) -> dict[str, Any]:
    route = routes[arrow.key]
    return {
        "key": arrow.key,
        "id": arrow.name,
        "label": arrow.label,
        "source": arrow.source,
        "target": arrow.target,
        "feedback": arrow.is_feedback,
        "emergent": arrow.is_emergent,
        "hotspot": arrow.is_hotspot,
        "links": arrow.links,
        **_standing(arrow),
        "mechanisms": [
            {"id": each.name, "title": each.title, **_standing(each)} for each in arrow.mechanisms
        ],
        "points": [[round(x, 1), round(y, 1)] for x, y in route.points],
    }


def _standing(part: Any) -> dict[str, Any]:
    return {"state": part.state or None, "items": part.items, "cases": part.cases}


def _place(panel: Panel) -> dict[str, float]:
    at = {"x": panel.x, "y": panel.y, "width": panel.width, "height": panel.height}
    return {name: round(value, 1) for name, value in at.items()}
