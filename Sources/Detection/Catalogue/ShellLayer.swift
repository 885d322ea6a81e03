public import CaseModel
import TrailGraph

/// A company that only hands money on.
///
/// Definition: typologies.md ST-17. Of five tests two are needed, four make the finding strong: younger than 365
/// days at its first flow; no payroll, tax, rent or utility payment in 180 days; throughput at least 20 times
/// its stated capital; at least 80 % passed through; an address shared with five other entities or more.
///
/// Departures: a test without its facts counts neither way and is named. Throughput and passing through alone
/// tell any intermediary (an escrow or payroll agent), so one of the two tests must be another. Passed
/// through: receipts carried on within seven days, first in first out. The test of running costs needs
/// records over 180 days, and looks at the first 180. Throughput is what came in or what went out,
/// the smaller.
///
/// - Complexity: O(*n* log *n*) in a body's movements, times those within seven days.
public struct ShellLayer: Detector {
  public static let innocentExplanations = [
    "A start-up before its first staff and premises.",
    "A holding or a company for one project pays through its parent.",
    "Many small firms share the address of a serviced office.",
  ]
  public let id = "ST-17"
  public let version = 1
  public let kind = "shell_layer"
  public let title = "A company that only hands money on"

  public var ageDays = 365
  public var costDays = 180
  public var capitalTimes = 20
  public var passedBasisPoints = 8_000
  public var passedWithinHours = 168  // default: a week, because the row names none
  public var sharedWith = 5
  public var testsMin = 2
  public var testsStrong = 4

  public init() {}

  public var parameters: [Finding.Measure] {
    [
      .parameter("age at first flow below", "\(ageDays) days"),
      .parameter("no running costs in", "\(costDays) days"),
      .parameter("throughput ÷ capital", "at least \(capitalTimes)"),
      .parameter(
        "passed through in \(passedWithinHours) hours",
        "at least " + Statistic.percent(passedBasisPoints)),
      .parameter("others at the address", "at least \(sharedWith)"),
      .parameter("tests needed", "\(testsMin), strong from \(testsStrong)"),
    ]
  }

  private struct Test {
    let name: String
    let value: String
    let limit: String
    /// Nil when its facts are missing.
    let isMet: Bool?
    let isOfCompany: Bool
  }

  public func findings(in scene: Scene) -> DetectionResult {
    guard let around = Surroundings(scene), !around.bodies.isEmpty else { return lacking("bodies") }
    let trail = scene.trail
    var sharing: [String: Int] = [:]
    for body in around.bodies.values {
      if let address = body.address { sharing[address, default: 0] += 1 }
    }
    var proofs: [Proof] = []
    var (looked, untold) = (0, 0)
    for body in around.bodies.values.sorted(by: { $0.code < $1.code })
    where body.roles.contains(.company) {
      let accounts = around.accounts(of: body.code)
      let own = Set(accounts)
      let into = accounts.flatMap { trail.incoming(of: $0).map(Int.init) }
        .filter { !own.contains(trail.source[$0]) }.sorted(by: trail.isEarlier)
      let out = accounts.flatMap { Array(trail.outgoing(of: $0)) }
        .filter { !own.contains(trail.destination[$0]) }.sorted(by: trail.isEarlier)
      guard !into.isEmpty, !out.isEmpty else { continue }
      looked += 1
      let tests = tests(of: body, into, out, sharing, around)
      if tests.count(where: { $0.isMet != nil }) < testsMin { untold += 1 }
      let met = tests.filter { $0.isMet == true }
      guard met.count >= testsMin, met.contains(where: \.isOfCompany) else { continue }
      proofs.append(proof(body, accounts, into + out, tests, met.count, around))
    }
    var missing: String?
    if looked == 0 {
      missing = "no stated body of role company has both receipts and payments in these records"
    } else if untold > 0 {
      missing =
        "\(untold) bodies lack the facts of at least \(testsMin) tests: `formed-on`, `capital`, "
        + "`address`, or records of \(costDays) days"
    }
    return result(proofs, in: scene, notApplicable: missing)
  }

  private func tests(
    of body: Body, _ into: [Int], _ out: [Int], _ sharing: [String: Int], _ around: Surroundings
  ) -> [Test] {
    let trail = around.trail
    let days = (into + out).map { trail.day($0) }
    guard let first = days.min(), let last = days.max() else { return [] }
    let age = body.formedOn.map { first - $0 }
    let costs = out.count { edge in
      let isRunning = around.body(of: trail.destination[edge])?.roles.contains {
        [.taxOffice, .landlord, .utility].contains($0)
      }
      return (trail.channel(edge) == .payroll || isRunning ?? false)
        && trail.day(edge) - first < costDays
    }
    let reaches = last - first >= costDays
    let others = body.address.map { (sharing[$0] ?? 1) - 1 }
    return [
      Test(
        name: "age at the first flow", value: age.map { "\($0) days" } ?? "not stated",
        limit: "below \(ageDays) days", isMet: age.map { $0 < ageDays }, isOfCompany: true),
      Test(
        name: "payroll, tax, rent or utility payments in \(costDays) days",
        value: costs > 0 || reaches ? "\(costs)" : "records of \(last - first) days are too short",
        limit: "none", isMet: costs > 0 ? false : reaches ? true : nil, isOfCompany: true),
      throughput(of: body, into, out, around), passed(into, out, around),
      Test(
        name: "other entities at its address", value: others.map { "\($0)" } ?? "not stated",
        limit: "at least \(sharedWith)", isMet: others.map { $0 >= sharedWith }, isOfCompany: true),
    ]
  }

  private func throughput(of body: Body, _ into: [Int], _ out: [Int], _ around: Surroundings)
    -> Test
  {
    let amounts = ComparableAmounts(around.trail, around.context)
    func sum(_ edges: [Int], _ currency: Currency) -> Int128 {
      edges.map { amounts.amount($0) }.reduce(0) {
        $1.currency == currency ? $0 + Int128($1.minorUnits) : $0
      }
    }
    let limit = "at least \(capitalTimes) times its capital"
    guard let capital = body.capital, capital.minorUnits > 0 else {
      return Test(
        name: "throughput", value: "capital not stated", limit: limit, isMet: nil,
        isOfCompany: false)
    }
    let through = min(sum(into, capital.currency), sum(out, capital.currency))
    return Test(
      name: "throughput", value: Statistic.money(through, capital.currency),
      limit: "\(limit) of \(capital)",
      isMet: through >= Int128(capital.minorUnits) * Int128(capitalTimes), isOfCompany: false)
  }

  private func passed(_ into: [Int], _ out: [Int], _ around: Surroundings) -> Test {
    let amounts = ComparableAmounts(around.trail, around.context)
    let payments = Dictionary(
      amounts.groups(out).map { ($0.currency, $0.items) }, uniquingKeysWith: { a, _ in a })
    // The currency most receipts are in tells; of equals the first by code.
    let groups = amounts.groups(into)
    let main = groups.max { ($0.items.count, $1.currency) < ($1.items.count, $0.currency) }
    guard let main else {
      return Test(name: "", value: "", limit: "", isMet: nil, isOfCompany: false)
    }
    let onward = Onward(
      main.items, payments[main.currency] ?? [], hours: passedWithinHours, around.trail)
    let sum = main.items.reduce(Int128(0)) { $0 + Int128($1.minor) }
    let share = Statistic.basisPoints(onward.sum(of: Set(main.items.map(\.edge))), of: sum)
    return Test(
      name: "passed through in \(passedWithinHours) hours", value: Statistic.percent(share),
      limit: "at least \(Statistic.percent(passedBasisPoints))", isMet: share >= passedBasisPoints,
      isOfCompany: false)
  }

  private func proof(
    _ body: Body, _ accounts: [Int32], _ edges: [Int], _ tests: [Test], _ met: Int,
    _ around: Surroundings
  ) -> Proof {
    let trail = around.trail
    let ordered = edges.sorted(by: trail.isEarlier)
    let days = ordered.map { trail.day($0) }
    return Proof(
      edges: ordered, roles: accounts.map { ($0, "company") },
      sentence:
        "\(body.code) meets \(met) of \(tests.count) tests of a company that only hands money on, "
        + "from \(days.first?.description ?? "") to \(days.last?.description ?? "").",
      measures: [.atLeast("tests met", met, testsMin)]
        + tests.map { test in
          .plain(
            test.name,
            test.value + (test.isMet == true ? ", met" : test.isMet == false ? ", not met" : ""),
            limit: test.limit)
        },
      cautionsChecked: [
        body.roles.contains(.payrollAgent)
          ? "\(body.code) is stated as a payroll agent" : "no role of a payroll agent is stated"
      ] + Licences.words(of: accounts, on: Array(days.prefix(1) + days.suffix(1)), around),
      cautionsNotChecked: [
        "whether a parent or a service company pays its staff, rent and taxes"
      ]
        + tests.filter { $0.isMet == nil }.map { "\($0.name): \($0.value)" },
      strength: met >= testsStrong ? .strong : nil)
  }
}
