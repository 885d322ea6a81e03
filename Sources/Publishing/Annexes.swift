// The annexes a renderer adds: every amount with all its lines, the files, the manifest.

import CaseModel

struct Annexes {
  let sections: [Section]

  init(_ document: Document, _ register: SourceRegister) {
    sections = [
      Section(
        anchor: "annex-sources", title: "Annex A  " + Captions.annexSources,
        blocks: [
          .callout(.note, [.text(Captions.readingSources)]), .table(Self.sources(register)),
        ]),
      Section(
        anchor: "annex-files", title: "Annex B  " + Captions.annexFiles,
        blocks: [.table(Self.files(document, register))]),
      Section(
        anchor: "annex-manifest", title: "Annex C  " + Captions.annexManifest,
        blocks: Self.manifest(document)),
    ]
  }

  static let sourcesAnchor = "annex-sources-table"

  /// Every number once, with all of its lines; lists that several numbers share are printed at the
  /// first of them, and the others name it.
  private static func sources(_ register: SourceRegister) -> Table {
    var first: [SourceList: Int] = [:]
    let rows = register.notes.map { note -> Table.Row in
      var what: [Inline] = []
      if let figure = note.figure {
        what = [
          .strong(figure.amount.text), .text(" " + figure.code.text + " "),
          .text(figure.label + "; " + figure.derivation + "."),
        ]
      } else {
        what = [.text("Sources of a statement.")]
      }
      let lines = note.sources.compact
      let shared = first[note.sources]
      if shared == nil { first[note.sources] = note.number }
      let isShared = shared != nil && lines.count > 24
      return Table.Row([
        [.text(String(note.number))], what,
        [.text(isShared ? Captions.sameLines + " [\(shared ?? 0)]" : lines)],
      ])
    }
    return Table(
      anchor: sourcesAnchor, caption: "",
      columns: [
        .init("No.", weight: 2, .right),
        .init("Amount, code, what it is, how it came about", weight: 16),
        .init("Lines it rests on", weight: 18),
      ], rows: rows)
  }

  private static func files(_ document: Document, _ register: SourceRegister) -> Table {
    let parts = Set(
      document.allInlines.flatMap(\.sourceRefs).map {
        SourceRef(file: $0.file, label: $0.label, locator: .line(0))
      }
    ).sorted()
    return Table(
      anchor: "annex-files-table", caption: "",
      columns: [.init("Cited as", weight: 4), .init("SHA-256 of the file", weight: 9)],
      rows: parts.map { part in
        Table.Row([
          [.text(register.list([part]).parts.first?.label ?? part.label)], [.text(part.file.hex)],
        ])
      })
  }

  private static func manifest(_ document: Document) -> [Block] {
    let manifest = document.manifest
    // Files whose hash Annex B gives are not listed again.
    let cited = Set(document.allInlines.flatMap(\.sourceRefs).map(\.file))
    let inputs = manifest.inputs.filter { !cited.contains($0.sha256) }
    var blocks: [Block] = [
      .fields([
        .init("Program", [.text(manifest.program + " " + manifest.version)]),
        .init("State of the case", [.text(manifest.asOf.description)]),
        .init("Law data", [.text(manifest.profile + ", version " + manifest.profileVersion)]),
        .init("Hash of the law data", [.text(manifest.profileHash.hex)]),
        .init("Run number", [.text(manifest.runHash.hex)]),
      ])
    ]
    if !manifest.settings.isEmpty {
      blocks.append(
        .table(
          Table(
            anchor: "annex-settings", caption: "Settings",
            columns: [.init("Setting", weight: 4), .init("Value", weight: 8)],
            rows: manifest.settings.map { Table.Row([[.text($0.name)], [.text($0.value)]]) })))
    }
    if !inputs.isEmpty {
      blocks.append(
        .table(
          Table(
            anchor: "annex-inputs", caption: "Input files that no figure cites",
            columns: [
              .init("Mark", weight: 3), .init("Name", weight: 6), .init("Bytes", weight: 3, .right),
              .init("SHA-256", weight: 9), .init("Remark", weight: 5),
            ],
            rows: inputs.map {
              Table.Row([
                [.text($0.label)], [.text($0.name)], [.text(String($0.byteCount))],
                [.text($0.sha256.hex)], [.text($0.remark)],
              ])
            })))
    }
    return blocks
  }
}
