// Amounts is part of the vocabulary: whoever speaks CaseModel counts money.
@_exported import Amounts
