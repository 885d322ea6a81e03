import CaseModel
import Linking
import Testing

@Suite("The matching against a slow and obvious one")
struct OracleTests {
  static let cases = 20_000

  static func legs(_ random: inout Seeded) -> [Leg] {
    let names = ["A", "B", "C"]
    let ids = [
      "0b6dcd03-5b0c-4c3c-9d0e-2a1f7c9b0e11", "7f2b1c9e-8a4d-4e2f-b1a0-93c5d7e8f601",
    ]
    let made = (0..<random.number(2...8)).map { number in
      var references: [String: String] = [:]
      if random.happens(1, in: 5) { references["uetr"] = random.pick(ids) }
      if random.happens(1, in: 4) {
        references["end-to-end"] = random.pick(["REF-0001", "REF-0002", "NOTPROVIDED"])
      }
      if random.happens(1, in: 6) { references["charges-included"] = "5.00 EUR" }
      if random.happens(1, in: 4) { references["batch-id"] = random.pick(["BATCH-1", "BATCH-2"]) }
      let currency = random.happens(1, in: 5) ? dollar : euro
      let sign: Int64 = random.happens(1, in: 2) ? 1 : -1
      let owner = random.pick(names)
      let foreign = money(
        Int64(random.pick([10_000, 20_000, 5_000])), currency == euro ? dollar : euro)
      return leg(
        "e\(number)", owner, sign * Int64(random.pick([5_000, 10_000, 10_500, 20_000, 15_000])),
        on: random.number(0...6) + (random.happens(1, in: 12) ? 9 : 0),
        to: random.happens(1, in: 2) ? random.pick(names) : nil, currency: currency,
        references: references,
        name: random.happens(1, in: 3) ? "name " + random.pick(names) : nil,
        ownerName: random.happens(1, in: 2) ? "name " + owner : nil,
        original: random.happens(1, in: 6) ? foreign : nil,
        rate: random.happens(1, in: 6) ? "2.0" : nil, isReversal: random.happens(1, in: 12))
    }
    return made + batch(&random)
  }

  /// A sum and its parts, named or of one batch reference, in one case of three.
  static func batch(_ random: inout Seeded) -> [Leg] {
    guard random.happens(1, in: 3) else { return [] }
    let sign: Int64 = random.happens(1, in: 2) ? 1 : -1
    let id = random.happens(1, in: 2) ? ["batch-id": "BATCH-1"] : [:]
    let (owner, on) = (random.pick(["A", "B"]), random.number(0...4))
    let parts = (0..<random.number(2...4)).map { number in
      leg(
        "p\(number)", random.pick(["C", "D", "E"]), sign * Int64(random.number(1...6)) * 1_100,
        on: on + random.pick([0, 1, 1, 1]), to: random.happens(4, in: 5) ? owner : nil,
        references: id)
    }
    let sum = parts.reduce(0) { $0 + $1.amount.minorUnits }
    let whole = leg("s", owner, -sum, on: on, references: id)
    return parts + [whole]
      + (random.happens(1, in: 4) ? [leg("t", owner, -sum, on: on + 1)] : [])
  }

  /// What the engine says, in the oracle's words; subsets apart.
  static func words(_ result: LinkResult) -> (found: Set<String>, subsets: [String: Set<String>]) {
    var found: Set<String> = []
    var subsets: [String: Set<String>] = [:]
    for link in result.links {
      let members = (link.from + link.to).compactMap(\.key.entryKey).sorted()
      if link.evidence == .batchSubset {
        // The leg the others add up to stands alone on its side, or both sides have one: not a batch.
        let one = link.from.count == 1 ? link.from[0] : link.to[0]
        subsets[one.key.entryKey ?? "?", default: []].insert(members.joined(separator: "+"))
      } else {
        found.insert(
          "\(link.status.rawValue) \(link.evidence.name) \(members.joined(separator: "+"))")
      }
    }
    return (found, subsets)
  }

  @Test("agrees with it on 20 000 small random cases")
  func agrees() {
    var statuses: [String: Int] = [:]
    for seed in 0..<Self.cases {
      var random = Seeded(UInt64(seed))
      let legs = Self.legs(&random)
      let oracle = Oracle(legs)
      let (found, subsets) = Self.words(findLinks(in: LinkInput(legs: legs)))
      for word in found {
        statuses[word.split(separator: " ").prefix(2).joined(separator: " "), default: 0] += 1
      }
      guard found == oracle.found else {
        Issue.record("seed \(seed): \(found.symmetricDifference(oracle.found).sorted())")
        return
      }
      for key in Set(subsets.keys).union(oracle.subsets.keys) {
        let (some, all) = (subsets[key] ?? [], oracle.subsets[key] ?? [])
        guard some.isSubset(of: all), some.count == min(2, all.count) else {
          Issue.record("seed \(seed): \(key): \(some.sorted()) of \(all.sorted())")
          return
        }
      }
    }
    // Each kind of evidence was met, so that none of the rules passed for lack of a case.
    for word in [
      "matched uetr", "matched referenceAndAccount", "matched bothAccounts", "matched oneAccount",
      "matched exchange", "matched charges", "matched batchReference", "matched batchDay",
      "proposal lateAccount", "proposal doubtfulExchange", "proposal looseReference",
      "proposal name",
      "contradicted uetr", "proposal bothAccounts", "proposal batchDay",
    ] {
      #expect(statuses[word, default: 0] > 0, "\(word)")
    }
    print("links met in \(Self.cases) cases:", statuses.sorted { $0.key < $1.key })
  }

  @Test("the order of the records changes nothing, and a second run finds the same")
  func order() {
    for seed in 0..<2_000 {
      var random = Seeded(UInt64(seed) + 1_000_000)
      let legs = Self.legs(&random)
      let one = findLinks(in: LinkInput(legs: legs))
      #expect(findLinks(in: LinkInput(legs: legs.shuffled(using: &random))) == one, "seed \(seed)")
    }
  }
}
