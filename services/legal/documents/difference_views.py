"""A comparison as JSON."""

from typing import Any

from services.legal.documents.difference_html import render_comparison
from services.legal.documents.differences import Comparison


def comparison_view(comparison: Comparison, language: str) -> dict[str, Any]:
    """Return the words counted, the changed parts as HTML, and every block."""
    return {
        "words_added": comparison.words_added,
        "words_removed": comparison.words_removed,
        "html": render_comparison(comparison, language),
        "blocks": [
            {
                "operation": block.operation,
                "kind": block.kind,
                "parts": [{"operation": part.operation, "text": part.text} for part in block.parts],
            }
            for block in comparison.blocks
        ],
    }
