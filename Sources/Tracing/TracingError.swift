// Why a ledger, an example or a case was not traced.

public import CaseModel

/// A refusal: what is wrong, where, and what to do. Nothing of a refused run is used.
public struct TracingError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Reason: Hashable, Sendable {
    case unknownMethod(String)
    case unknownRule(String)
    case unknownClass(String)
    case unknownAccount(String)
    case unknownMeasure(String)
    case unknownReversedStep(Int)
    /// Two currencies and no amount credited, so no executed rate.
    case unknownRate(from: String, to: String)
    case unknownCurrency(String)
    case currencyMismatch(expected: String, found: String)
    /// An opening lot, a debt or a step with a negative amount.
    case negativeAmount(String)
    case overflow
    case entryBeforeOpening(opens: CivilDate)
    case duplicate(String)
    case reversalExceedsOriginal
    /// A sale of something the ledger never saw bought.
    case emptyAsset(String)
    /// An asset paid for in two currencies, or two transfers under one name, cannot be split
    /// without a rate.
    case mixedCurrencies(String)
    /// A figure without a record behind it.
    case withoutSource
    case malformed(String)
  }

  public let reason: Reason
  /// Where: `step 4 (2024-03-07)`, `account A1`, `example TR-01`.
  public let place: String
  public let remedy: String

  public init(_ reason: Reason, at place: String, remedy: String) {
    self.reason = reason
    self.place = place
    self.remedy = remedy
  }

  public var description: String { "\(place): \(reason.text) — \(remedy)" }

  func at(_ outer: String) -> TracingError {
    TracingError(reason, at: "\(outer), \(place)", remedy: remedy)
  }
}

extension TracingError.Reason {
  /// A stable name: `unknown_rate`. What `expected_error` of a worked example is compared with.
  public var code: String {
    switch self {
    case .unknownMethod: "unknown_method"
    case .unknownRule: "unknown_rule"
    case .unknownClass: "unknown_class"
    case .unknownAccount: "unknown_account"
    case .unknownMeasure: "unknown_measure"
    case .unknownReversedStep: "unknown_reversed_step"
    case .unknownRate: "unknown_rate"
    case .unknownCurrency: "unknown_currency"
    case .currencyMismatch: "currency_mismatch"
    case .negativeAmount: "negative_amount"
    case .overflow: "overflow"
    case .entryBeforeOpening: "entry_before_opening"
    case .duplicate: "duplicate"
    case .reversalExceedsOriginal: "reversal_exceeds_original"
    case .emptyAsset: "empty_asset"
    case .mixedCurrencies: "mixed_currencies"
    case .withoutSource: "without_source"
    case .malformed: "malformed"
    }
  }

  var text: String {
    switch self {
    case .unknownMethod(let name): "no tracing method is called '\(name)'"
    case .unknownRule(let name): "no valuation rule is called '\(name)'"
    case .unknownClass(let code): "the source class '\(code)' is not declared"
    case .unknownAccount(let name): "the account '\(name)' is not in the ledger"
    case .unknownMeasure(let name): "no measure is called '\(name)'"
    case .unknownReversedStep(let number):
      "step \(number) is reversed but not in the ledger before it"
    case .unknownRate(let from, let to): "\(from) became \(to) and no credited amount is stated"
    case .unknownCurrency(let code): "the currency '\(code)' is not known"
    case .currencyMismatch(let expected, let found): "\(found) booked on an account in \(expected)"
    case .negativeAmount(let what): "\(what) is negative"
    case .overflow: "the sum leaves 64 bits of minor units"
    case .entryBeforeOpening(let day): "the step lies before the account's opening on \(day)"
    case .duplicate(let what): "\(what) occurs twice"
    case .reversalExceedsOriginal: "more is reversed than was paid"
    case .emptyAsset(let name): "asset '\(name)' holds nothing that the ledger saw paid for"
    case .mixedCurrencies(let name): "\(name) holds more than one currency"
    case .withoutSource: "the amount rests on no record"
    case .malformed(let what): what
    }
  }
}
