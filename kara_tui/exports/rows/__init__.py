"""What a row of cells is: the header, a payment, a total or a note."""
