/// Invoices, prices of the same goods elsewhere, transports, and which registers were searched for them.
public struct TradeRecords: Hashable, Sendable, Codable {
  public var invoices: [Invoice] = []
  public var prices: [PriceObservation] = []
  public var shipments: [Shipment] = []
  public var searches: [RegisterSearch] = []
  public init() {}
}

/// A bill for goods, and the booked payments made on it.
public struct Invoice: Hashable, Sendable, Codable {
  public var code: InvoiceCode
  public var day: CivilDate
  /// The goods code of the customs tariff, and the route such as `CN-NL`.
  public var goods: String
  public var route: String
  public var quantity: Int
  /// The sum of the bill, for all of the quantity.
  public var amount: Money
  public var payments: [MovementRef]
  public var source: SourceRef

  public init(
    code: InvoiceCode, day: CivilDate, goods: String, route: String, quantity: Int, amount: Money,
    payments: [MovementRef], source: SourceRef
  ) {
    self.code = code
    self.day = day
    self.goods = goods
    self.route = route
    self.quantity = quantity
    self.amount = amount
    self.payments = payments
    self.source = source
  }
}

public typealias InvoiceCode = Code<Invoice>

/// The price of one unit of the same goods on the same route, between others.
public struct PriceObservation: Hashable, Sendable, Codable {
  public var goods: String
  public var route: String
  public var day: CivilDate
  public var unitPrice: Money
  public var source: SourceRef

  public init(
    goods: String, route: String, day: CivilDate, unitPrice: Money, source: SourceRef
  ) {
    self.goods = goods
    self.route = route
    self.day = day
    self.unitPrice = unitPrice
    self.source = source
  }
}

/// A transport or customs record of the goods of an invoice.
public struct Shipment: Hashable, Sendable, Codable {
  public var invoice: InvoiceCode
  public var day: CivilDate
  public var source: SourceRef

  public init(invoice: InvoiceCode, day: CivilDate, source: SourceRef) {
    self.invoice = invoice
    self.day = day
    self.source = source
  }
}

/// A register that was searched for transports, and for which days. Without it no absence is shown.
public struct RegisterSearch: Hashable, Sendable, Codable {
  public var register: String
  public var period: Period
  public var source: SourceRef

  public init(register: String, period: Period, source: SourceRef) {
    self.register = register
    self.period = period
    self.source = source
  }
}
