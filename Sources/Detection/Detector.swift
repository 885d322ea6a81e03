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
  /// Looks at the whole trail.
  ///
  /// - Parameter context: what the case knows beside the trail; nil when only transfers are known.
  /// - Returns: findings in the order of their first edge's time, ties by account; or the reason why
  ///   the detector could not look. Missing data is never taken as absence of the pattern.
  func findings(in trail: Trail, under law: Law, context: CaseContext?) -> DetectionResult
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
  public var gaps: [CoverageGap]
  /// Days covered by statements, by account, in order.
  public var coverage: [AccountID: [Period]]
  /// Rates of the case; without one, amounts of different currencies are not compared.
  public var rates: [DatedRate]
  public var reportingCurrency: Currency

  public init(
    accounts: [Account], gaps: [CoverageGap], coverage: [AccountID: [Period]], rates: [DatedRate],
    reportingCurrency: Currency
  ) {
    self.accounts = Dictionary(accounts.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
    self.gaps = gaps
    self.coverage = coverage
    self.rates = rates
    self.reportingCurrency = reportingCurrency
  }

  public init(of caseFile: CaseFile) {
    var coverage: [AccountID: [Period]] = [:]
    for statement in caseFile.statements {
      if let period = statement.period { coverage[statement.account, default: []].append(period) }
    }
    for account in coverage.keys {
      coverage[account]?.sort { ($0.first, $0.last) < ($1.first, $1.last) }
    }
    self.init(
      accounts: caseFile.accounts, gaps: caseFile.gaps, coverage: coverage,
      rates: caseFile.matter.rates, reportingCurrency: caseFile.matter.reportingCurrency)
  }
}

/// Runs every detector of the catalogue over a case.
///
/// - Returns: one result a detector, in catalogue order.
public func detect(in trail: Trail, under law: Law, context: CaseContext?) -> [DetectionResult] {
  DetectionCatalogue.all.map { $0.findings(in: trail, under: law, context: context) }
}
