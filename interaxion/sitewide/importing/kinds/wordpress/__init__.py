"""Exports of WordPress (WXR). https://wordpress.org/documentation/article/tools-export-screen/"""
