"""Independent readers over a folder of exports: csvw, frictionless, followthemoney, networkx.

check.py FOLDER: FOLDER/csvw, FOLDER/ftm, FOLDER/graphml, FOLDER/gexf. Prints a line a check; exit code 1 when
one finds something.
"""

import glob
import json
import sys

root = sys.argv[1]
failures = []


def check(name, found):
    print(name, "holds" if not found else found)
    failures.extend(found)


import csvw
import frictionless

# Not strict: csvw's strict mode refuses an empty cell in any foreign key, which the standard allows.
group = csvw.CSVW(root + "/csvw/csv-metadata.json", validate=True, strict=False)
check("csvw", [] if group.is_valid else [str(w.message) for w in group.warnings])
report = frictionless.Package(root + "/csvw/datapackage.json").validate()
check("frictionless", [str(row) for row in report.flatten(["type", "note"])])

from followthemoney import model

entities = {}
found = []
for path in sorted(glob.glob(root + "/ftm/*.ftm.json")):
    with open(path, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            data = json.loads(line)
            if data["id"] in entities:
                found.append("twice: " + data["id"])
            proxy = model.get_proxy(data)
            proxy.schema.validate(data)
            for name in data["properties"]:
                if name not in proxy.schema.properties:
                    found.append(data["schema"] + " has no " + name)
            entities[data["id"]] = proxy
for proxy in entities.values():
    for prop in proxy.iterprops():
        if prop.type.name == "entity":
            for value in proxy.get(prop):
                if value not in entities:
                    found.append("dangling: " + prop.qname)
                elif not entities[value].schema.is_a(prop.range):
                    found.append("wrong kind: " + prop.qname)
check("followthemoney", found)

import networkx

for path, read in (
    ("/graphml/movements.graphml", networkx.read_graphml),
    ("/graphml/flows.graphml", networkx.read_graphml),
    ("/gexf/movements.gexf", lambda path: networkx.read_gexf(path, version="1.3")),
):
    graph = read(root + path)
    found = [] if graph.is_directed() and graph.number_of_edges() > 0 else ["no directed edges"]
    for _, _, data in graph.edges(data=True):
        if "amount_minor" in data and type(data["amount_minor"]) is not int:
            found.append("amount_minor is no whole number")
        if "amount" in data and type(data["amount"]) is not str:
            found.append("amount is no text")
    check("networkx " + path, found)

sys.exit(1 if failures else 0)
