/// Why an item, or a part of it, can be taken (confiscation.md §1, AssetBasis). Order is rank.
public enum AssetBasis: String, Hashable, Sendable, Codable, CaseIterable {
  case directProceeds = "direct-proceeds"
  case converted
  case intermingled
  case incomeOrBenefit = "income-or-benefit"
  case instrumentalityUsed = "instrumentality-used"
  case instrumentalityIntended = "instrumentality-intended"
  case equivalentValue = "equivalent-value"
  case extended
  case unexplainedWealth = "unexplained-wealth"
  case abandoned
  case gift
  case fungibleSubstitute = "fungible-substitute"
  /// Not reached: the part that stays with its owner.
  case notReached = "not-reached"
}

/// How sure the file is of one asset. Never a percentage (confiscation.md §8).
public enum Confidence: String, Hashable, Sendable, Codable { case high, medium, low }

/// One part of one asset under exactly one basis. The slices of an asset sum to its net value (N4).
public struct AssetSlice: Hashable, Sendable, Codable {
  public var basis: AssetBasis
  public var amount: Figure
  public var provisions: [Citation]
  public var reason: String
  public init(basis: AssetBasis, amount: Figure, provisions: [Citation], reason: String) {
    self.basis = basis
    self.amount = amount
    self.provisions = provisions
    self.reason = reason
  }
}

/// One row of the asset schedule: the item, its slices, its claimed amount.
public struct ScheduledAsset: Hashable, Sendable, Codable {
  public var number: Int
  public var item: PropertyItem
  public var slices: [AssetSlice]
  public var grossValue: Figure?
  public var encumbered: Figure?
  public var netValue: Figure?
  public var inReportingCurrency: Figure?
  public var rateNote: String?
  /// What is claimed, once (confiscation.md §7, column 17).
  public var claimed: Figure?
  public var claims: [Claim]
  public var order: PreservationOrder?
  public var confidence: Confidence
  public var confidenceReason: String
  public var remarks: [String]

  public init(
    number: Int, item: PropertyItem, slices: [AssetSlice], grossValue: Figure?, encumbered: Figure?,
    netValue: Figure?, inReportingCurrency: Figure?, rateNote: String?, claimed: Figure?,
    claims: [Claim], order: PreservationOrder?, confidence: Confidence, confidenceReason: String,
    remarks: [String]
  ) {
    self.number = number
    self.item = item
    self.slices = slices
    self.grossValue = grossValue
    self.encumbered = encumbered
    self.netValue = netValue
    self.inReportingCurrency = inReportingCurrency
    self.rateNote = rateNote
    self.claimed = claimed
    self.claims = claims
    self.order = order
    self.confidence = confidence
    self.confidenceReason = confidenceReason
    self.remarks = remarks
  }
}

/// What crossed into the set of persons charged, from outside it, for the conduct charged.
public struct Benefit: Hashable, Sendable, Codable {
  public struct Line: Hashable, Sendable, Codable {
    public var sourceClass: SourceClassCode
    public var title: String
    public var amount: Figure
    /// In the reporting currency at the dated rate; nil when there is no rate.
    public var converted: Figure?
    public var rateNote: String?
    public init(
      sourceClass: SourceClassCode, title: String, amount: Figure, converted: Figure?,
      rateNote: String?
    ) {
      self.sourceClass = sourceClass
      self.title = title
      self.amount = amount
      self.converted = converted
      self.rateNote = rateNote
    }
  }
  public var offenderSet: [PersonCode]
  public var lines: [Line]
  /// Totals per currency, unconverted, and the grand total of what could be converted.
  public var perCurrency: [Figure]
  public var total: Figure?
  /// Every inflow of the set, shown only to show the double count avoided.
  public var naiveInflows: [Figure]
  public var unconverted: [String]
  public init(
    offenderSet: [PersonCode], lines: [Line], perCurrency: [Figure], total: Figure?,
    naiveInflows: [Figure], unconverted: [String]
  ) {
    self.offenderSet = offenderSet
    self.lines = lines
    self.perCurrency = perCurrency
    self.total = total
    self.naiveInflows = naiveInflows
    self.unconverted = unconverted
  }
}

/// Conviction-based or not.
public enum Track: String, Hashable, Sendable, Codable, CaseIterable {
  case convictionBased = "cb"
  case nonConvictionBased = "ncb"
}

/// Claims under grounds: what one track of one matter proposes, ready to be written down.
public struct Proposal: Hashable, Sendable, Codable {
  public var track: Track
  /// False when the profile refuses the track or its ground; the file then says why.
  public var isOpen: Bool
  public var refusal: String?
  public var legalBasis: [Provision]
  public var standard: Provision
  public var burden: Provision
  public var benefit: Benefit?
  public var assets: [ScheduledAsset]
  /// Sum of claimed amounts per currency, and in the reporting currency where rates exist.
  public var claimedPerCurrency: [Figure]
  public var claimedTotal: Figure?
  /// benefit − claimed in kind − set-offs, floor 0; conviction-based only.
  public var valueOrder: Figure?
  public var candour: Candour

  /// A rule of the profile in words, with its citation.
  public struct Provision: Hashable, Sendable, Codable {
    public var text: String
    public var citation: Citation
    public init(text: String, citation: Citation) {
      self.text = text
      self.citation = citation
    }
  }

  public init(
    track: Track, isOpen: Bool, refusal: String?, legalBasis: [Provision], standard: Provision,
    burden: Provision, benefit: Benefit?, assets: [ScheduledAsset], claimedPerCurrency: [Figure],
    claimedTotal: Figure?, valueOrder: Figure?, candour: Candour
  ) {
    self.track = track
    self.isOpen = isOpen
    self.refusal = refusal
    self.legalBasis = legalBasis
    self.standard = standard
    self.burden = burden
    self.benefit = benefit
    self.assets = assets
    self.claimedPerCurrency = claimedPerCurrency
    self.claimedTotal = claimedTotal
    self.valueOrder = valueOrder
    self.candour = candour
  }
}

/// What may help the other side, and what the file does not know (confiscation.md §8).
public struct Candour: Hashable, Sendable, Codable {
  public struct Point: Hashable, Sendable, Codable {
    public var text: String
    public var sources: [SourceRef]
    public init(text: String, sources: [SourceRef]) {
      self.text = text
      self.sources = sources
    }
  }
  public var exculpatory: [Point]
  public var otherExplanations: [Point]
  public var gaps: [Point]
  public var methodChoice: [Point]
  public var sensitivity: SensitivityTable
  public var assumptions: [Point]
  public var unverifiedLaw: [Citation]
  public var thirdParties: [Point]
  public var hardship: [Point]
  public var priorProceedings: [Point]
  public var automation: [Point]

  public init(
    exculpatory: [Point], otherExplanations: [Point], gaps: [Point], methodChoice: [Point],
    sensitivity: SensitivityTable, assumptions: [Point], unverifiedLaw: [Citation],
    thirdParties: [Point], hardship: [Point], priorProceedings: [Point], automation: [Point]
  ) {
    self.exculpatory = exculpatory
    self.otherExplanations = otherExplanations
    self.gaps = gaps
    self.methodChoice = methodChoice
    self.sensitivity = sensitivity
    self.assumptions = assumptions
    self.unverifiedLaw = unverifiedLaw
    self.thirdParties = thirdParties
    self.hardship = hardship
    self.priorProceedings = priorProceedings
    self.automation = automation
  }
}
