"""What sets the portal up, runs it and tests it. Nothing in here is part of the portal itself."""
