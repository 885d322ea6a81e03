// The annexes a renderer adds: every amount with all its lines, the files, the manifest.

import CaseModel

struct Annexes {
  let sections: [Section]

  init(_ document: Document, _ register: SourceRegister) {
    sections = [
      Section(
        anchor: "annex-sources", title: "Annex A  " + Captions.annexSources,
        blocks: [.table(Self.sources(register))]),
      Section(
        anchor: "annex-files", title: "Annex B  " + Captions.annexFiles,
        blocks: [.table(Self.files(document, register))]),
      Section(
        anchor: "annex-manifest", title: "Annex C  " + Captions.annexManifest,
        blocks: Self.manifest(document.manifest)),
    ]
  }

  private static func sources(_ register: SourceRegister) -> Table {
    Table(
      anchor: "annex-sources-table", caption: "",
      columns: [
        .init("No.", weight: 3, .right), .init("Code", weight: 8),
        .init("Amount", weight: 9, .right),
        .init("What it is", weight: 16), .init("How it came about", weight: 14),
        .init("Lines it rests on", weight: 24),
      ],
      rows: register.notes.map { note in
        Table.Row([
          [.text(String(note.number))], [.text(note.code?.text ?? "—")],
          [.text(note.figure?.amount.text ?? "—")],
          [.text(note.figure?.label ?? "sources of a statement")],
          [.text(note.figure?.derivation ?? "—")], [.text(note.sources.text)],
        ])
      }, isLandscape: true)
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

  private static func manifest(_ manifest: Manifest) -> [Block] {
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
    if !manifest.inputs.isEmpty {
      blocks.append(
        .table(
          Table(
            anchor: "annex-inputs", caption: "Input files",
            columns: [
              .init("Mark", weight: 3), .init("Name", weight: 6), .init("Bytes", weight: 3, .right),
              .init("SHA-256", weight: 9), .init("Remark", weight: 5),
            ],
            rows: manifest.inputs.map {
              Table.Row([
                [.text($0.label)], [.text($0.name)], [.text(String($0.byteCount))],
                [.text($0.sha256.hex)], [.text($0.remark)],
              ])
            })))
    }
    return blocks
  }
}
