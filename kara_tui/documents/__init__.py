"""An invoice becomes a PDF, an annex, a preview. The only room with Typst."""
