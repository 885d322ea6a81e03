// The proof of a run as a file: the ledger, what the method made of it, and the chain behind every amount.

public import CaseModel

/// Everything a stranger needs to check a run without this program: `moneytrail-proof/1`.
///
/// Holds the ledger as it was traced, every amount the method gave, and for every amount the chains of
/// lines that its units came along. A chain is the shortest statement of "this money is that money": its
/// links name steps of the ledger in order, each with the units that are in the amount. Amounts are decimal
/// text in the currency's own minor units, so that no reader needs floating point. Source: experience.md N1.
public struct TracingProof: Hashable, Sendable, Encodable {
  public struct Policy: Hashable, Sendable, Encodable {
    public let intraday: SameDayOrder
    public let backwardTracing: Bool
    public let reversal: String
    public let replenishIntent: Bool
    public let poisonClearsAtZero: Bool

    init(_ policy: TracingPolicy) {
      intraday = policy.sameDayOrder
      backwardTracing = policy.backwardTracing
      reversal = policy.reversal.rawValue
      replenishIntent = policy.replenishIntent
      poisonClearsAtZero = policy.poisonClearsAtZero
    }

    enum CodingKeys: String, CodingKey {
      case intraday, reversal
      case backwardTracing = "backward_tracing"
      case replenishIntent = "replenish_intent"
      case poisonClearsAtZero = "poison_clears_at_zero"
    }
  }
  public struct Class: Hashable, Sendable, Encodable {
    public let id: String
    public let tainted: Bool
  }
  public struct Source: Hashable, Sendable, Encodable {
    /// SHA-256 of the received file.
    public let file: String
    public let label: String
    public let locator: String
    init(_ source: SourceRef) {
      (file, label, locator) = (source.file.hex, source.label, source.locator.text)
    }
  }
  /// Units of one class at one place at the end.
  public struct Result: Hashable, Sendable, Encodable {
    /// `asset:CAR`, `account:A1`, `dissipated:A1`, `discharged:A1`, `outside:NAME`, `untraced:A1`,
    /// `under-way:T`.
    public let place: String
    public let `class`: String
    public let tainted: Bool
    public let amount: String
    public let currency: String

    init(_ row: LedgerOutcome.Row) {
      place = row.place.proofText
      `class` = row.sourceClass.text
      tainted = row.isTainted
      amount = row.amount.decimalText
      currency = row.amount.currency.code
    }
  }
  /// Units of one class at one place that came along the same steps.
  public struct Chain: Hashable, Sendable, Encodable {
    public let place: String
    public let `class`: String
    public let tainted: Bool
    public let amount: String
    public let currency: String
    public let links: [Link]
  }
  /// One step of a chain. `amount` is what arrived of the units in the chain; where money was converted or
  /// an asset sold, `left` is what had left for it.
  public struct Link: Hashable, Sendable, Encodable {
    /// The step's number in the ledger; 0 for an opening balance.
    public let seq: Int
    public let from: String
    public let to: String
    public let amount: String
    public let currency: String
    public let left: String?
    public let leftCurrency: String?

    enum CodingKeys: String, CodingKey {
      case seq, from, to, amount, currency, left
      case leftCurrency = "left_currency"
    }
  }

  public let schema = "moneytrail-proof/1"
  public let ledgerSHA256: String
  public let method: String
  public let policy: Policy
  /// Decimal places by currency.
  public let currencies: [String: Int]
  public let classes: [Class]
  public let accounts: [Account]
  public let steps: [Step]
  public let results: [Result]
  /// Under `pari_passu` the closing balances shared by contributions, which are what is claimed; units have
  /// no chains there, because the rule ignores their order. Absent under other methods.
  public let contributionShares: [Result]?
  public let chains: [Chain]
  /// Chains that are not in the file because there are more than the bound.
  public let chainsLeftOut: Int

  enum CodingKeys: String, CodingKey {
    case schema, method, policy, currencies, classes, accounts, steps, results, chains
    case ledgerSHA256 = "ledger_sha256"
    case contributionShares = "contribution_shares"
    case chainsLeftOut = "chains_left_out"
  }
}

extension CaseLedger {
  /// The proof of one run.
  ///
  /// - Parameters:
  ///   - allClasses: chains of clean amounts too; otherwise those of tainted ones.
  ///   - chainsMax: the bound on chains; how many more there are is in the proof.
  /// - Throws: `TracingError` for an unknown method or a ledger that cannot be run.
  /// - Complexity: the run, and O(*l* · *d*) for *l* lots on chains of *d* steps.
  public func proof(
    method name: String, policy: TracingPolicy = TracingPolicy(), allClasses: Bool = false,
    chainsMax: Int = 10_000
  ) throws(TracingError) -> TracingProof {
    let method = try TracingCatalogue.method(named: name)
    var engine = try TracingEngine(ledger, method: method, policy: policy, recordsPaths: true)
    try engine.run()
    var currencies: [String: Int] = [:]
    for currency in engine.currencies { currencies[currency.code] = currency.exponent }
    let (chains, leftOut) = ProofChains(engine).chains(
      of: engine.stocks(in: self, sharingByContribution: false), allClasses: allClasses,
      most: max(0, chainsMax))
    let outcome = engine.outcome
    return TracingProof(
      ledgerSHA256: ledger.ledgerHash.hex, method: name, policy: .init(policy),
      currencies: currencies,
      classes: ledger.classes.map { .init(id: $0.code.text, tainted: $0.isTainted) },
      accounts: ledger.accounts.map { TracingProof.Account($0) },
      steps: ledger.steps.map { TracingProof.Step($0, in: ledger) },
      results: outcome.rows.map { .init($0) },
      contributionShares: method.sharesClosingByContribution
        ? outcome.contributionShares.filter { !$0.amount.isZero }.map { .init($0) } : nil,
      chains: chains, chainsLeftOut: leftOut)
  }
}

extension LedgerPlace {
  /// As a proof names it.
  var proofText: String {
    switch self {
    case .asset(let name): "asset:" + name
    case .account(let name): "account:" + name
    case .untraced(let name): "untraced:" + name
    case .underWay(let name): "under-way:" + name
    case .outside(let name): "outside:" + name
    case .debtDischarge(let name): "discharged:" + name
    case .dissipated(let name): "dissipated:" + name
    }
  }
}
