"""What people do together in a lesson: polls and reactions."""
