"""An office keeps its own people."""
