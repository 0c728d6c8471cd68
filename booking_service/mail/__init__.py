"""Letters: what they are, where they wait, how they are rendered and sent."""
