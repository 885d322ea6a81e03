# Packs files into a ZIP container whose bytes depend on nothing but names and contents.
# pack.py FOLDER OUTPUT NAME...
import os
import sys
import zipfile

folder, output, names = sys.argv[1], sys.argv[2], sys.argv[3:]
with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as container:
    for name in names:
        entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system = 3
        entry.external_attr = 0o644 << 16
        with open(os.path.join(folder, name), "rb") as content:
            container.writestr(entry, content.read())
