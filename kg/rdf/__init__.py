"""The store as RDF, by published vocabularies: ELI for documents, ORG for units, SKOS for types and levels, DCTERMS for
titles and identifiers, PROV-O with the text positions of Web Annotation for evidence.

    document:kh-35-ubnd-bach-thong-2022  eli:ensures_implementation_of  document:ct-33-ttg-2021
    <source/bao-cao.txt#char=120,180>    oa:hasSelector                 [ oa:start 120 ; oa:end 180 ]

What a source says stands in its own named graph, what follows from all sources in the default graph. No node is blank:
each has an IRI made of our ids, so equal stores give equal graphs. `docs/sparql.md` shows the whole with questions.

    terms    the vocabularies, our IRIs, literals
    known    what follows from all sources: documents, units, places
    said     what each source says, with its sentences
    files    Turtle, N-Triples, JSON-LD, TriG
    asking   SPARQL, read-only and with a time limit
"""

from __future__ import annotations

BASE = "https://thongsuot.example/"
FORMATS = ("turtle", "nt", "jsonld", "trig")
