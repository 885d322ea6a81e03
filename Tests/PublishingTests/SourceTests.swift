// What goes into the typst, DOT and WordprocessingML sources: numbers, notes, and text that stays text.

import CaseModel
import Digests
import Foundation
import TestSupport
import Testing

@testable import Publishing

private func small(_ text: String) throws -> Document {
  let sample = try SampleMatter()
  let source = sample.caseFile.entries[0].source
  let money = Money(minorUnits: 123_450, currency: sample.caseFile.entries[0].amount.currency)
  let figure = Figure(
    money, label: text, derivation: text, from: source, [sample.caseFile.entries[1].source])
  return Document(
    kind: "small", title: "Small", subtitle: text, matter: MatterCode("M-1"), language: "en-GB",
    watermark: "DRAFT", audience: "", cover: [.init("Label", [.text(text)])],
    sections: [
      Section(
        anchor: "one", title: "One",
        blocks: [
          .paragraph([.text(text), .figure(figure), .citation(Citation(text, confidence: .low))]),
          .callout(.warning, [.strong(text), .reference("one")]),
          .table(
            Table(
              anchor: "t", caption: text,
              columns: [.init(text, weight: 1), .init("Amount", weight: 1, .right)],
              rows: [
                Table.Row([[.text(text)], [.figure(figure)]]),
                Table.Row([[.text(text)]], style: .group),
              ])),
          .flow(
            FlowChart(
              anchor: "f", caption: text,
              nodes: [
                .init(id: "a", label: text, kind: .source),
                .init(id: "b", label: text, kind: .asset),
              ],
              edges: [.init(from: "a", to: "b", amount: figure, isTainted: true)])),
        ])
    ], manifest: sample.manifest)
}

extension [Inline] {
  fileprivate var plain: String {
    map { inline in
      switch inline {
      case .text(let text), .strong(let text), .emphasis(let text): text
      case .figure, .citation, .sources, .reference: ""
      }
    }.joined()
  }
}

/// Texts that a format could take for its own marks.
let hostileTexts = [
  "#read(\"/etc/passwd\")", "$x^2$", "\\u{41} \\", "*strong* _emph_", "@sec-one <sec-one>", "`raw`",
  "[ ] ( ) { }",
  "a // b /* c */", "\"quoted\" ' ; #let x = 1;", "=SUM(A1:A9)", "+1", "-1", "@cmd",
  "</w:t></w:r><w:p/>", "&amp; &#x41; <!-- -->",
  "\u{202E}drawrof\u{202C} 12", "line\nbreak\tand\u{0}null\u{1B}[31m", "שלום 1234", "مرحبا 5678",
  "\u{FFFE}\u{FFFF}", "\\N \\G \\l", "a\u{2028}b", "",
]

@Suite("Sources of documents")
struct SourceTests {
  @Test("a small document gives this typst source")
  func golden() throws {
    let body = TypstSource.body(try Layout(small("Rent, May")))
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let start = try #require(lines.firstIndex { $0.hasPrefix("#sect(1, \"1\"") })
    let end = try #require(lines.firstIndex { $0.contains("Annex A") && $0.hasPrefix("#sect") })
    let code = try #require(SourceRegister(small("Rent, May")).notes.first?.code?.text)
    let expected = """
      #sect(1, "1", "One", "one")
      #para(1)[#"Rent, May";#figure-in-line("1\u{202F}234.50\u{A0}EUR", 1, [#code("\(code)"); #"Rent, May; Rent, May. PX-001 lines 12, 13"]);#"Rent, May";#dagger;]
      #callout("warning")[#strong("Rent, May");#to-section("one", "section\u{A0}1");]
      #data-table(1, "Rent, May", (1fr, auto,), (left, right,),
        ("Rent, May", "Amount",), 8.8, false,
        none,
        table.cell(breakable: false)[#"Rent, May";], table.cell(breakable: false)[#amount("1\u{202F}234.50\u{A0}EUR", 1);],
        group-row(2, [#"Rent, May";]),
      )
      #chart(1, "Rent, May", "flow-1.svg", "\(Captions.chartKey)", "Rent, May to Rent, May: 1\u{202F}234.50\u{A0}EUR")
      ]
      """.replacing("\n]", with: "")
    let found = lines[start..<end].filter { $0 != "#landscape[" }.joined(separator: "\n")
    #expect(found == expected)
  }

  @Test("text is only ever a string literal of typst", arguments: hostileTexts)
  func typstLiterals(text: String) {
    let literal = TypstSource.literal(text)
    #expect(literal.hasPrefix("\"") && literal.hasSuffix("\""))
    var isEscaped = false
    for character in literal.dropFirst().dropLast() {
      if isEscaped {
        #expect(character == "\\" || character == "\"" || character == "u")
        isEscaped = false
      } else {
        #expect(character != "\"")
        isEscaped = character == "\\"
      }
    }
    #expect(!isEscaped)
    #expect(
      !literal.unicodeScalars.contains { $0.value < 0x20 || (0x202A...0x202E).contains($0.value) })
  }

  @Test("hostile text is set, drawn and packed as text in every format")
  func hostile() async throws {
    let tools = await Tools.discover()
    guard tools.typst != nil, tools.dot != nil else { return }
    let folder = try temporaryFolder()
    var document = try small("x")
    for text in hostileTexts { document.sections[0].blocks += try small(text).sections[0].blocks }
    let files = try await Publisher(tools: tools).publish(
      document, formats: Format.allCases, into: folder)
    #expect(files.count == 3)
    let pdf = folder.appending(path: files[0].name).path
    if let text = try output("pdftotext", ["-raw", pdf, "-"]) {
      for part in [
        "#read(\"/etc/passwd\")", "$x^2$", "*strong* _emph_", "@sec-one <sec-one>", "=SUM(A1:A9)",
      ] {
        #expect(text.text.contains(part), "\(part)")
      }
      #expect(!text.text.contains("root:"))
    }
    if let text = try output(
      "pandoc",
      ["-f", "docx", "-t", "plain", "--wrap=none", folder.appending(path: files[1].name).path])
    {
      #expect(text.status == 0)
      for part in ["</w:t></w:r><w:p/>", "&amp; &#x41; <!-- -->", "=SUM(A1:A9)"] {
        #expect(text.text.contains(part), "\(part)")
      }
    }
  }

  @Test("every amount of the tree has a row in Annex A with its code and all of its lines")
  func annex() throws {
    for document in [try sampleFile(), try sampleFile(.nonConvictionBased), try sampleSchedule()] {
      let layout = try Layout(document)
      let rows = try #require(
        layout.items.lazy.compactMap { placed -> Table? in
          if case .table(_, let table) = placed.item, table.anchor == "annex-sources-table" {
            table
          } else {
            nil
          }
        }.first
      ).rows
      var figures: Set<Figure> = []
      for case .figure(let figure) in document.allInlines { figures.insert(figure) }
      #expect(figures.count > 10)
      #expect(rows.count == layout.register.notes.count)
      func lines(_ row: Table.Row) -> String { row.cells[2].plain }
      for figure in figures {
        let number = layout.register.number(of: figure)
        let row = rows[number - 1]
        #expect(row.cells[0].plain == String(number))
        #expect(row.cells[1].plain.contains(figure.code.text))
        #expect(row.cells[1].plain.hasPrefix(figure.amount.text))
        // The lines stand there, or at the number it names, and that one does not point on.
        var own = lines(row)
        if own.hasPrefix(Captions.sameLines) {
          let other = try #require(Int(own.filter(\.isNumber)))
          #expect(other < number)
          own = lines(rows[other - 1])
        }
        #expect(own == layout.register.list(figure.sources).compact)
      }
      // No amount stands there twice.
      let codes = rows.map { $0.cells[1].plain + $0.cells[2].plain }
      #expect(
        Set(codes).count == codes.count || rows.contains { $0.cells[1].plain.hasPrefix("Sources") })
    }
  }

  @Test("an account number is set in groups of four, and nothing else is")
  func accountNumbers() {
    #expect(VisibleText.of("to DE07999000110000001006.") == "to DE07 9990 0011 0000 0010 06.")
    for text in [
      "F-6061d1747856", "2024-01-29", "DE07", "INVENTED00000033", "de07999000110000001006",
    ] {
      #expect(VisibleText.of(text) == text)
    }
  }

  @Test("Annex A drops only what its own note explains")
  func compactLines() throws {
    let hash = try #require(ContentHash(hex: String(repeating: "a", count: 64)))
    let lines = [12, 14, 15, 16].map { SourceRef(file: hash, label: "b02.csv", locator: .line($0)) }
    #expect(SourceList(lines).compact == "b02.csv 12, 14–16")
    let entry = SourceRef(
      file: hash, label: "d.xml",
      locator: Locator(text: "/Document/BkToCstmrStmt/Stmt[1]/Ntry[7]", ordinal: 7))
    #expect(SourceList([entry]).compact == "d.xml Stmt[1]/Ntry[7]")
  }

  @Test("lines are joined to runs and none is dropped")
  func sourceLists() throws {
    let hash = try #require(ContentHash(hex: String(repeating: "a", count: 64)))
    let other = try #require(ContentHash(hex: String(repeating: "b", count: 64)))
    func lines(_ numbers: [Int]) -> [SourceRef] {
      numbers.map { SourceRef(file: hash, label: "PX-003", locator: .line($0)) }
    }
    #expect(SourceList(lines([12])).text == "PX-003 line 12")
    #expect(SourceList(lines([20, 12, 14, 15, 16, 17, 18, 19])).text == "PX-003 lines 12, 14–20")
    #expect(SourceList(lines([1, 2])).text == "PX-003 lines 1, 2")
    let path = (7...9).map {
      SourceRef(
        file: hash, label: "PX-004",
        locator: Locator(text: "/Stmt[1]/Ntry[\($0)]", ordinal: Int64($0)))
    }
    #expect(SourceList(path).text == "PX-004 /Stmt[1]/Ntry[7–9]")
    let twins = [
      SourceRef(file: hash, label: "a.csv", locator: .line(1)),
      SourceRef(file: other, label: "a.csv", locator: .line(1)),
    ]
    #expect(
      SourceList(twins, ambiguous: ["a.csv"]).text
        == "a.csv (aaaaaaaa) line 1; a.csv (bbbbbbbb) line 1")
  }

  @Test("a tree that points nowhere, names a section twice or has a ragged row is refused")
  func brokenTrees() throws {
    var document = try small("x")
    document.sections[0].blocks.append(.paragraph([.reference("nowhere")]))
    #expect(throws: PublishingError.self) { try Layout(document) }
    document = try small("x")
    document.sections.append(document.sections[0])
    #expect(throws: PublishingError.self) { try Layout(document) }
    document = try small("x")
    document.sections[0].blocks.append(
      .table(
        Table(anchor: "r", caption: "", columns: [.init("a", weight: 1)], rows: [Table.Row([])])))
    #expect(throws: PublishingError.self) { try Layout(document) }
  }
}
