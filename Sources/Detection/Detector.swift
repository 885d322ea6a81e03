public import CaseModel
public import Legislation
public import TrailGraph

/// One pattern that looks like laundering, as a definition that can be recomputed by hand.
///
/// One file a detector in `Catalogue/`. Parameters are the stored properties with their defaults; no
/// source sets those numbers (typologies.md, head), they are our starting values.
/// Nationality, sex, ethnicity, religion and migration status are no input of any detector.
public protocol Detector: Sendable {
  init()
  /// Why the same shape arises in lawful life. Never empty; printed with every finding.
  static var innocentExplanations: [String] { get }
  /// The row of the catalogue, `ST-01`.
  var id: String { get }
  /// Changes when the same trail may give other findings.
  var version: Int { get }
  /// The pattern's name in exchanged data: `structuring`, `fan_in`.
  var kind: String { get }
  var title: String { get }
  /// The parameters used, with their values as text.
  var parameters: [Finding.Measure] { get }
  /// How far from its anchor a movement can lie and still change a finding.
  var reach: Reach { get }
  /// Looks at the accounts asked for.
  ///
  /// - Returns: findings in the order of their first edge's time, ties by edge number, each anchored at
  ///   the account of its first role; or the reason why the detector could not look. Missing data is
  ///   never taken as absence of the pattern.
  func findings(in scene: Scene) -> DetectionResult
}

/// How far from its anchor (the account of its first role) a finding looks.
public enum Reach: Hashable, Sendable {
  /// A finding depends on nothing but movements of accounts at most so many transfers from its anchor,
  /// the anchor's own being 0. So after an import only anchors that near to new movements are looked at.
  case transfers(Int)
  /// A finding may depend on anything; after an import everything is looked at again.
  case everything
}

extension Detector {
  public var reach: Reach { .everything }
}

/// What detectors look at: a trail, the law, and what a case knows beside them.
public struct Scene: Sendable {
  public let trail: Trail
  public let law: Law
  /// What the case knows beside the trail; nil when only transfers are known.
  public let context: CaseContext?
  /// The accounts whose findings are asked for, ascending; nil: all of them.
  public let anchors: [Int32]?

  public init(
    _ trail: Trail, under law: Law, context: CaseContext? = nil, anchors: Set<Int32>? = nil
  ) {
    self.trail = trail
    self.law = law
    self.context = context
    self.anchors = anchors?.sorted()
  }

  /// The accounts a detector of per-account patterns goes through, ascending.
  var centres: [Int32] { anchors ?? Array(0..<Int32(trail.accountCount)) }

  /// Whether findings anchored at an account are asked for.
  /// - Complexity: O(log *a*) in the anchors.
  func asksFor(_ account: Int32) -> Bool {
    guard let anchors else { return true }
    let place = anchors.partitionPoint { $0 >= account }
    return place < anchors.count && anchors[place] == account
  }
}

public typealias DetectionCatalogueEntry = Detector

/// What one detector says about one trail.
public struct DetectionResult: Sendable, Codable, Hashable {
  public let detector: String
  public let findings: [Finding]
  /// Which data is missing, when the detector could not look at all or at part of the trail.
  public let notApplicable: String?
  /// Which bound the search stopped at.
  public let truncation: String?

  public init(
    detector: String, findings: [Finding] = [], notApplicable: String? = nil,
    truncation: String? = nil
  ) {
    self.detector = detector
    self.findings = findings
    self.notApplicable = notApplicable
    self.truncation = truncation
  }
}

/// What a case knows beside its trail, as far as detectors use it.
public struct CaseContext: Sendable {
  public var accounts: [AccountID: Account]
  public let gaps: [CoverageGap]
  let gapsOf: [AccountID: [CoverageGap]]
  /// Days covered by statements, by account, in order.
  public var coverage: [AccountID: [Period]]
  /// How complete the records of each account with statements are, day by day.
  public var completeness: [AccountID: AccountCompleteness] = [:]
  /// Rates of the case; without one, amounts of different currencies are not compared.
  public var rates: [DatedRate]
  public var reportingCurrency: Currency

  public init(
    accounts: [Account], gaps: [CoverageGap], coverage: [AccountID: [Period]], rates: [DatedRate],
    reportingCurrency: Currency
  ) {
    self.accounts = Dictionary(accounts.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
    self.gaps = gaps
    gapsOf = Dictionary(grouping: gaps, by: \.account)
    self.coverage = coverage
    self.rates = rates
    self.reportingCurrency = reportingCurrency
  }

  /// With the days that statements cover, and how complete they are.
  public init(
    accounts: [Account], statements: [StatementRecord], gaps: [CoverageGap], rates: [DatedRate],
    reportingCurrency: Currency
  ) {
    let own = Dictionary(grouping: statements, by: \.account)
    self.init(
      accounts: accounts, gaps: gaps,
      coverage: own.mapValues { statements in
        statements.compactMap(\.period).sorted { ($0.first, $0.last) < ($1.first, $1.last) }
      }, rates: rates, reportingCurrency: reportingCurrency)
    for (account, statements) in own {
      completeness[account] = Completeness.of(account, statements: statements)
    }
  }

  public init(of caseFile: CaseFile) {
    self.init(
      accounts: caseFile.accounts, statements: caseFile.statements, gaps: caseFile.gaps,
      rates: caseFile.matter.rates, reportingCurrency: caseFile.matter.reportingCurrency)
  }
}

extension DetectionCatalogue {
  /// Every detector by its row in the catalogue of typologies: the order in which results are printed.
  public static let byRow: [any Detector] = all.sorted { $0.id < $1.id }
}

/// Runs every detector of the catalogue over a case.
///
/// - Returns: one result a detector, in the order of their rows.
public func detect(in trail: Trail, under law: Law, context: CaseContext?) -> [DetectionResult] {
  let scene = Scene(trail, under: law, context: context)
  return DetectionCatalogue.byRow.map { $0.findings(in: scene) }
}
