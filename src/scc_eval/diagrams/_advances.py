"""How wide a character can be: its widest in Arial, Helvetica, Liberation Sans and DejaVu Sans.

One character of a run for each code point from its first on: its own code point, less 48, is the
advance in fiftieths of the size of the font, rounded up.
"""

from collections.abc import Mapping

REGULAR: Mapping[int, str] = {
    0x0020: (
        "AEH[Q`X>DDJ[ACABQQQQQQQQQQBB[[[MdSSUWROXV?JRM\\VXRXUROUSbSRSDBD[MJOQLQPBQ"
        "Q??N?bQOQQEKDQNZNNKQBQ["
    ),
    0x00A0: (
        "AEQQQQBMJcHO[CcLJ[EEJQQAJEHOaaaOSSSSSScURRRR????XVXXXXX[XUUUURRPOOOOOObL"
        "PPPP????OQOOOOO[OQQQQNQNSOSOSOULULULULWQXQRPRPRPRPRPXQXQXQXQVQ_T????????"
        "??VMJ?RNNM?M?MCMBM?VQVQVQZVQXOXOXOgdUEUEUERKRKRKRKODODODUQUQUQUQUQUQbZRN"
        "RSKSKSKBQVSQSQTTLXZSQOPXPNMXSbB?VN?NbVQX_O`WQQTQKPADODO\\QWUVUSKRRNKQRNJQ"
        "?IH?xrk[XH`_YSO??XOUQUQUQUQUQPSOSObbXQXQRNXOXORN?xrkXQiSVQSOcbXOSOSOPPPP"
        "????XOXOTETEUQUQRKODPKVQV[TOSKSOPPXOXOXOXOONH[I?ccSTLMOKKOISUSPP??XQTEON"
    ),
    0x0391: "SSMSRSVX?RS\\VQXVRhPORYS[W?RRLQBNRQNOLLQOBNNQMMOSQNQONRNU[",
    0x0400: (
        "RR\\OUR??Jhe\\TVQVSSSOXRgQVVTV\\VXVRUOQ\\SXSgh[]SUgUOPNKSP^KQQOQWRORQLNN\\NSN"
        "_`TXNL[OPPPKLK???^^QOQNR"
    ),
    0x05D0: "RNELQ>BQQ<LKMRS>EQPQPLNTMTR",
    0x0621: "H@@K@[@bLbbQQQKKLLqqnn``OOhhhhh?e[[WRWLK[[",
    0x2010: "CCQMccJLAAAAKKKKMMNNARcA",
    0x202F: ";t\x88<CK<CKBEE",
    0x20A0: "]QQQQbQqgbXQQQQqQQQQXQhhQQQhhQhh",
    0x2190: (
        "c[c[c[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
    ),
    0x2200: (
        "SQKPP\\RR\\\\U\\\\UQZWU[[[BQ[PPQQQU[b^^[JJJJUUUUKXfKXfKKKQQ>Q[[[[[[[[C[[[[[[["
        "[[[[[[[[[[[[cc[[[[[[[[[[[[[[[[[[[[eeH[[["
    ),
}
BOLD: Mapping[int, str] = {
    0x0020: (
        "BHK[Tc]@HHK[DEDCTTTTTTTTTTEE[[[OcXWVZSSZ[CMXQc[[V[WUSZXhWUUHCH[MJSUNUSFU"
        "TBBRBeTSUUIOITQ_QQNTCT["
    ),
    0x00A0: (
        "BHTTQTCMJcMQ[EcLJ[GGJVQDJGMQeeeOXXXXXXgVSSSSCCCC[[[[[[[[[ZZZZUVUSSSSSSeN"
        "SSSSBBBBSTSSSSS[STTTTQUQXSXSXSVNVNVNVNZU[USSSSSSSSSSZUZUZUZU[TbXCBCBCBCB"
        "CBXSMBXRRQBQBQIQMQC[T[T[Tb[T[S[S[SkhWIWIWIUOUOUOUOSISISIZTZTZTZTZTZTh_UQ"
        "UUNUNUNFUYWUWUVVN[]WUSS[TSMZYeFDXRCNe[T[]Sg_XUWUOSLITIS[T[ZYXUNXXQNTXQMU"
        "CRLC\x7fxrcbSnlfXSCB[SZTZTZTZTZTSXSXSgeZUZUXR[S[SXNB\x7fxrZUrX[TXSge[SXSXSSSSS"
        "CBCB[S[SWIWIZTZTUOSISO[T[\\YRUNXSSS[S[S[S[SUQI\\JBggXVNQSONXPWZXSSCB\\XWIUQ"
    ),
    0x0391: "XWQXSU[[CXXc[Q[[VhSSU[W[[CUSMTDSSUSSMNTSDTPVSNSXUNXQSXQY\\",
    0x0400: (
        "SS]QVUCCMkj]Z[W[XWWQ]SnT[[ZZc[[[VVSWcW_Yos`eWVlWSTPKYScNTTSUZSSSUNNQcQVS"
        "fhV^PNbQSSUKNOBBBcaVSTQS"
    ),
    0x05D0: "UOGNSBESS?NMOTUBGSRSRRQVOWS",
    0x0621: "JCCPC_CfOffUUUNNPPxxuuggSShhhhhBm^`^X^TPdd",
    0x2010: "EETMccJLDDDDRRRRMMQQARcB",
    0x202F: ";y\x90>IP>GPVEE",
    0x20A0: "_TTTTeT}mh^TTTTwTTTT\\ThhTTThhThh",
    0x2190: (
        "c[c[c[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
    ),
    0x2200: (
        "XTLSS\\TT^^V^^VQZXU[[TCT[PDRRRT[b^^[JJJJZZZZO_rMbsMMMTT?T[[[[[[[[C[[[[[[["
        "[[[[[[[[[[[[ff[[[[[[[[[[[[[[[[[[[[eeJ[[["
    ),
}
