import CaseModel
import Digests
import Foundation
import Investigation
import Legislation
import Testing

@Suite("The choice of method, and the guard against two")
struct MethodChoiceTests {
  private func refusal(_ small: SmallMatter, method: String? = nil) throws -> MethodRefused? {
    let investigation = try small.investigation(method: method)
    return #expect(throws: MethodRefused.self) { _ = try investigation.tracing() }
  }

  @Test("The request comes before the case sheet, the case sheet before the profile")
  func precedence() throws {
    var small = try SmallMatter()
    #expect(try small.investigation().methodPlan().origin == .profile)
    #expect(try small.investigation().tracing().run.method == "libr")
    small.choose("fifo", reason: "Counsel's choice.")
    let plan = try small.investigation().methodPlan()
    #expect(plan.origin == .caseSheet && plan.method == "fifo")
    #expect(plan.reason == "Counsel's choice.")
    #expect(try small.investigation().tracing().run.method == "fifo")
    let asked = try small.investigation(method: "rolling_pro_rata").methodPlan()
    #expect(asked.origin == .request && asked.method == "rolling_pro_rata")
    small.choose("fifo", reason: "  ")
    #expect(try refusal(small)?.reason == .withoutReason(method: "fifo"))
  }

  @Test("Worked by hand: what the methods give for the car, the boat and the account")
  func byHand() throws {
    let small = try SmallMatter()
    func table(_ method: String) throws -> [String] {
      SmallMatter.table(try small.investigation(method: method).tracing().run)
    }
    #expect(try table("libr") == ["BOAT 500.00", "account 500.00"])
    #expect(try table("oatway") == ["CAR 1000.00"])
    #expect(try table("rolling_pro_rata") == ["BOAT 250.00", "CAR 500.00", "account 250.00"])
  }

  @Test("A signed override takes that item's rows from its own method, and the run says so")
  func signedOverride() throws {
    var small = try SmallMatter()
    try small.override("BOAT", "rolling_pro_rata")
    let run = try small.investigation().tracing().run
    #expect(run.method == "libr")
    #expect(SmallMatter.table(run) == ["BOAT 250.00", "account 500.00"])
    #expect(run.limits.contains { $0.hasPrefix("BOAT is traced by rolling_pro_rata, not by libr") })
    // An override that names the matter's own method is none.
    var same = try SmallMatter()
    try same.override("BOAT", "libr", reason: "", by: "")
    #expect(try same.investigation().methodPlan().overrides.isEmpty)
  }

  @Test("Without reason or signature two methods on one chain are refused, naming the chain")
  func unsigned() throws {
    for (reason, by, lacks) in [
      ("", "Office", ["a reason"]), ("Why.", " ", ["a signature"]),
      ("", "", ["a reason", "a signature"]),
    ] {
      var small = try SmallMatter()
      try small.override("BOAT", "rolling_pro_rata", reason: reason, by: by, line: 33)
      let refused = try refusal(small)
      #expect(
        refused?.reason
          == .unsigned(
            property: PropertyCode("BOAT"), method: "rolling_pro_rata", main: "libr",
            chain: [PropertyCode("ACC")], lacks: lacks))
      #expect(refused?.place == "case-sheet.yaml: line 33")
      #expect(refused?.description.contains(" — ") == true)
    }
  }

  @Test("No unit of a class is claimed twice, signed or not; the excess is named")
  func doubleClaim() throws {
    let gbp = try #require(Currency(iso: "GBP"))
    for (method, claimed) in [("oatway", Int64(200_000)), ("rolling_pro_rata", 150_000)] {
      var small = try SmallMatter()
      try small.override("CAR", method)
      let refused = try refusal(small)
      #expect(
        refused?.reason
          == .claimedTwice(
            SourceClassCode("T"), there: Money(minorUnits: 100_000, currency: gbp),
            claimed: Money(minorUnits: claimed, currency: gbp), property: [PropertyCode("CAR")]))
    }
    var small = try SmallMatter()
    try small.override("CAR", "rolling_pro_rata")
    #expect(
      try refusal(small)?.description.contains(
        "500.00 GBP more than the 1000.00 GBP that any one method") == true)
  }

  @Test("A method the profile does not allow is refused wherever it comes from, poison among them")
  func notAllowed() throws {
    var small = try SmallMatter()
    try small.override("BOAT", "poison")
    guard case .notAllowed(let method, let profile, _)? = try refusal(small)?.reason else {
      return #expect(Bool(false), "poison was signed and let through")
    }
    #expect(method == "poison" && profile == "gb")
    small = try SmallMatter()
    small.choose("poison", reason: "It gives most.")
    #expect(
      try refusal(small)?.description.contains("does not allow the tracing method poison") == true)
    small = try SmallMatter()
    #expect(throws: InvestigationError.self) {
      _ = try small.investigation(method: "poison").run()
    }
    small.caseFile.matter.profile = "untoc"
    let backward = try small.investigation(backward: true)
    #expect(throws: MethodRefused.self) { _ = try backward.tracing() }
  }

  @Test("An item has one override, and the item is in the matter")
  func oneEach() throws {
    var small = try SmallMatter()
    try small.override("BOAT", "fifo")
    try small.override("BOAT", "rolling_pro_rata", line: 21)
    #expect(
      try refusal(small)?.reason
        == .twoMethods(property: PropertyCode("BOAT"), methods: ["fifo", "rolling_pro_rata"]))
    small = try SmallMatter()
    try small.override("YACHT", "fifo")
    #expect(try refusal(small)?.reason == .unknownItem(PropertyCode("YACHT")))
  }

  @Test("The override stands in the files with reason, signatory and day, and in the manifest")
  func disclosure() throws {
    var small = try SmallMatter()
    small.choose("libr", reason: "Chosen by counsel on 1 June.")
    try small.override("BOAT", "rolling_pro_rata", reason: "Ordered by the court in K 7.")
    let outcome = try small.investigation().run()
    let cb = try #require(outcome.documents.first { $0.kind == "cb-file" })
    let text = try Portable.string(cb)
    for words in [
      "BOAT is traced by rolling_pro_rata and not by libr. Reason: Ordered by the court in K 7.",
      "Signed by Office of Tests on 2024-06-01.",
      "Of the same chain of money and traced by another method: ACC.",
      "The case sheet chose it for this reason: Chosen by counsel on 1 June.",
    ] { #expect(text.contains(words), "\(words)") }
    #expect(
      outcome.manifest.settings.contains {
        $0.name == "tracing method of BOAT" && $0.value.contains("signed by Office of Tests")
      })
    let schedule = try #require(outcome.documents.first { $0.kind == "asset-schedule" })
    #expect(try Portable.string(schedule).contains("rolling_pro_rata, order of the bank"))
    let plain = try SmallMatter().investigation().run()
    #expect(plain.manifest.runHash != outcome.manifest.runHash)
  }

  @Test(
    "The envelope of a place is the least and the most of the single runs, and agrees iff equal")
  func envelope() throws {
    let small = try SmallMatter()
    let table = try small.investigation().tracing().sensitivity
    let file = try small.investigation().caseFile
    let methods = Set(table.columns.map(\.method)).sorted()
    #expect(methods == ["fifo", "libr", "oatway", "pari_passu", "rolling_pro_rata"])
    let gbp = try #require(Currency(iso: "GBP"))
    for item in file.matter.property {
      var single: [Money] = []
      for method in methods {
        for order in SameDayOrder.allCases {
          let run = try small.investigation(method: method, order: order).tracing().run
          single.append(run.tainted(at: file.places(of: item), in: gbp))
        }
      }
      let envelope = try #require(table.envelope(at: file.places(of: item)))
      #expect(envelope.lowest == single.min() && envelope.highest == single.max())
      #expect(envelope.agrees == (Set(single).count == 1))
    }
  }

  @Test("Where the file takes the highest figure it says so, and where all agree")
  func highest() throws {
    let outcome = try SmallMatter().investigation().run()
    let assets = try #require(outcome.proposals.first { $0.isOpen }).assets
    let boat = try #require(assets.first { $0.item.code.text == "BOAT" })
    #expect(boat.remarks.contains { $0.contains("is the highest of those compared") })
    let text = try Portable.string(try #require(outcome.documents.first))
    #expect(text.contains("this file takes the highest figure"))
  }
}
