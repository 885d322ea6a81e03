# Sets a typst source as PDF with fixed metadata and prints the number of pages.
# typeset.py SOURCE OUTPUT
import sys

import typst

source, output = sys.argv[1:3]
compiler = typst.Compiler(source)
compiler.compile(output=output, format="pdf", timestamp=0)
print(compiler.query("<page-total>", field="value", one=True))
