import ArgumentParser
import CaseModel
import CaseStore
import Foundation
import Intake
import Investigation

/// `moneytrail what-if`: the trace of a matter with some facts changed, beside the one that stands.
struct AskWhatIf: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "what-if",
    abstract: "Show what other facts would do to the trace; the case stays as it is.",
    discussion: """
      EXAMPLES
        moneytrail what-if without-px-003.yaml
        moneytrail what-if question.yaml --method fifo --json

      The file begins `moneytrail: what-if/1` and lists changes: seed, characterise, ownership, \
      exclude-exhibit, exclude-entry (see the user guide). Nothing is stored, no document can be made.
      """)

  @OptionGroup var options: StoreOptions
  @OptionGroup var matter: MatterOptions

  @Argument(help: "The sheet of changes.")
  var file: String

  @Option(help: "The tracing method; the matter's own when not given.")
  var method: String?

  func run() async throws {
    let sheet = try InputFiles.read(file)
    let store = try await options.open()
    let code = try await matter.code(in: store)
    let investigation = try await CaseWork(store).investigation(
      of: code, request: .init(method: method, programVersion: ProgramVersion.text))
    var difference: TracingDifference
    do {
      difference = try investigation.whatIf(try readWhatIf(sheet))
    } catch {
      throw await store.shown(error)
    }
    // What the sheet says is no text of the store: a name typed there is masked like any other.
    difference.title = try await store.masked(difference.title)
    for index in difference.effects.indices {
      difference.effects[index] = try await store.masked(difference.effects[index])
    }
    for index in difference.notes.indices {
      difference.notes[index] = try await store.masked(difference.notes[index])
    }
    await store.close()
    let titles = PlaceTitles(investigation.caseFile)
    if options.json {
      try Terminal.json(Report(matter: code, difference, titles))
    } else {
      Terminal.out(Self.text(difference, titles))
    }
  }

  private static let mark = "WHAT-IF, NOT A FINDING; THE CASE IS UNCHANGED"

  private static func text(_ difference: TracingDifference, _ titles: PlaceTitles) -> String {
    var lines = [mark, difference.title]
    lines += difference.effects.map { ("  " + $0).folded(indent: 4) }
    lines.append("")
    var items = TextTable(["tainted value at", "case", "what-if", "difference"], right: [1, 2, 3])
    var others = items
    for row in difference.rows {
      let cells = [
        titles.title(of: row.place), row.base.description, row.branch.description,
        row.delta.isZero ? "same" : (row.delta.isNegative ? "" : "+") + row.delta.description,
      ]
      if case .asset = row.place {
        items.add(cells)
      } else if !row.delta.isZero {
        others.add(cells)
      }
    }
    lines.append(items.isEmpty ? "no item holds tainted value, in the case or here" : items.text)
    lines.append("")
    lines.append(others.isEmpty ? "no other place differs" : others.text)
    lines.append("")
    lines.append(
      "\(difference.method), \(difference.sameDayOrder.rawValue); "
        + "ledger of the case \(difference.baseLedger.hex.prefix(16))…, "
        + "of the what-if \(difference.branchLedger.hex.prefix(16))…")
    lines += difference.notes.map { "limit: \($0)".folded() }
    lines.append(mark)
    return lines.joined(separator: "\n")
  }

  private struct Report: Encodable {
    struct Row: Encodable {
      let place: String
      let base: Money
      let branch: Money
      let delta: Money
    }
    let schema = "moneytrail-what-if/1"
    let standing = "what-if, not a finding; the case is unchanged"
    let matter: MatterCode
    let title: String
    let changes: [String]
    let method: String
    let sameDayOrder: SameDayOrder
    let baseLedger: ContentHash
    let branchLedger: ContentHash
    let rows: [Row]
    let notes: [String]

    init(matter: MatterCode, _ difference: TracingDifference, _ titles: PlaceTitles) {
      self.matter = matter
      title = difference.title
      changes = difference.effects
      method = difference.method
      sameDayOrder = difference.sameDayOrder
      baseLedger = difference.baseLedger
      branchLedger = difference.branchLedger
      rows = difference.rows.map {
        Row(place: titles.title(of: $0.place), base: $0.base, branch: $0.branch, delta: $0.delta)
      }
      notes = difference.notes
    }
  }
}
