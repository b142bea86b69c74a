"""What comes after issuing: what stands, was sent and paid, is cancelled, kept and delivered."""
