"""From the acceptance of the terms to the follow-up of a filed request."""
