"""When the portal itself failed: found by a probe each minute, or written down by hand; the evidence for an extension."""
