// The ledger to be checked: what happened, without any tracing.

/// Accounts and steps as a file states them. Amounts are minor units of the account's currency.
public struct CheckLedger: Sendable {
  public struct Account: Sendable {
    public var name: String
    public var currency: String
    public var opening: [(sourceClass: String, amount: Units)] = []
    public var openingDebt: Units = 0
    public var opensOn: String?
  }
  public struct Step: Sendable {
    public enum Kind: String, Sendable {
      case credit, debit, transfer, departure, arrival, interest, fee, reversal, sale, gap
    }
    public enum Destination: String, Sendable {
      case asset, dissipated, outside, untraced, account
    }
    public var sequence: Int
    public var date: String
    public var phase = 1
    public var kind: Kind
    public var from = ""
    public var to = ""
    public var destination = Destination.dissipated
    public var amount: Units
    public var credited: Units?
    public var sourceClass = ""
    public var obtainedAs: String?
    public var coordinated = false
    public var restores = false
    public var transit = ""
    public var reverses: Int?
    public var fraction: (Units, Units) = (1, 1)

    /// `step 4 (2024-03-07)`.
    var place: String { "step \(sequence) (\(date))" }
  }
  public struct Policy: Sendable {
    public enum SameDay: String, Sendable {
      case bankSequence = "bank_sequence"
      case creditsFirst = "credits_first"
      case debitsFirst = "debits_first"
    }
    public var sameDay = SameDay.bankSequence
    public var backward = false
    public var voidsPairs = true
    public var replenishIntent = false
    public var poisonClearsAtZero = false
  }

  public var method: Method
  public var policy = Policy()
  public var tainted: [String: Bool] = [:]
  public var accounts: [Account] = []
  public var steps: [Step] = []
  /// Decimal places by currency, for printing.
  public var places: [String: Int] = [:]

  /// The ten methods. Source: tracing-examples/1, methods.
  public enum Method: String, Sendable, CaseIterable {
    case fifo, lifo, haircut, libr, poison, oatway
    case rollingProRata = "rolling_pro_rata"
    case pariPassu = "pari_passu"
    case proceedsFirst = "proceeds_first"
    case proceedsLast = "proceeds_last"

    var isProportional: Bool { [.haircut, .rollingProRata, .pariPassu].contains(self) }
  }

  /// The steps in the order they are applied: date, phase, the same-day order, the bank's sequence.
  var orderedSteps: [Step] {
    func rank(_ step: Step) -> Int {
      let isCredit = [.credit, .interest, .arrival].contains(step.kind)
      return switch policy.sameDay {
      case .bankSequence: 0
      case .creditsFirst: isCredit ? 0 : 1
      case .debitsFirst: isCredit ? 1 : 0
      }
    }
    return steps.sorted {
      ($0.date, $0.phase, rank($0), $0.sequence) < ($1.date, $1.phase, rank($1), $1.sequence)
    }
  }
}
