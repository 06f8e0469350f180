"""The portal: ground floor and roof of the house (docs/architecture.md)."""
